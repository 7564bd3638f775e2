package huddle.python;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.python.PythonRequest.Form;
import huddle.python.PythonRequest.RequirementsFile;
import huddle.spark.SparkVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What uv 0.13 wrote, and the sentence that becomes of it.
class UvComplaintTest {
  private static final PythonPlatform PLATFORM = PythonPlatform.host("x86_64", "glibc 2.36");

  private static String said(String uv) {
    Failure failure =
        UvComplaint.failure(
            new PythonRequest(
                PythonKind.CLUSTER,
                new SparkVersion(4, 3, 0),
                "3.11",
                List.of("pandas"),
                Optional.empty(),
                Pins.NONE,
                true),
            PLATFORM,
            uv,
            "index.example");
    assertThat(failure.remedy()).isNotEmpty();
    assertThat(failure.detail()).isEqualTo(uv);
    return failure.what();
  }

  private static String unsolvable(String because) {
    return "error: No solution found when resolving dependencies\n  cause: " + because + "\n";
  }

  @Test
  void aPackageThatDoesNotExist() {
    assertThat(
            said(
                unsolvable(
                    "Because nosuchpkg was not found in the package registry and you require nosuchpkg, we can conclude that your requirements are unsatisfiable.")))
        .isEqualTo("python.packages: index.example has no package named nosuchpkg");
  }

  @Test
  void aVersionThatDoesNotExist() {
    assertThat(
            said(
                unsolvable(
                    "Because there is no version of pandas==9.9 and you require pandas==9.9, we can conclude that your requirements are unsatisfiable.")))
        .isEqualTo("python.packages: index.example has no pandas==9.9 that suits Python 3.11");
  }

  @Test
  void noWheelAtAll() {
    String hint =
        "\nhint: Wheels are required for `docopt` because building from source is disabled for all packages (i.e., with `--no-build`)\n";
    assertThat(
            said(
                unsolvable(
                        "Because all versions of docopt have no usable wheels and you require docopt, we can conclude that your requirements are unsatisfiable.")
                    + hint))
        .isEqualTo(
            "python.packages: docopt has no wheel for Python 3.11 on x86_64 with glibc 2.36");
    assertThat(
            said(
                unsolvable(
                        "Because numpy==1.21.0 has no usable wheels and you require numpy==1.21.0, we can conclude that your requirements are unsatisfiable.")
                    + hint))
        .isEqualTo(
            "python.packages: numpy==1.21.0 has no wheel for Python 3.11 on x86_64 with glibc 2.36");
  }

  @Test
  void noWheelForThePlatform() {
    assertThat(
            said(
                """
                error: No solution found when resolving dependencies
                  cause: Because tensorflow-cpu-aws<=2.11.1 has no wheels with a matching Python ABI tag (e.g., `cp311`) and only the following versions of tensorflow-cpu-aws are available:
                             tensorflow-cpu-aws<=2.11.1
                             tensorflow-cpu-aws>=2.12.0rc0
                         we can conclude that tensorflow-cpu-aws<2.12.0rc0 cannot be used.
                         And because tensorflow-cpu-aws>=2.12.0rc0 has no wheels with a matching platform tag (e.g., `manylinux_2_36_x86_64`) and you require tensorflow-cpu-aws, we can conclude that your requirements are unsatisfiable.

                hint: Wheels are available for `tensorflow-cpu-aws` (v2.15.1) on the following platforms: `manylinux_2_17_aarch64`
                """))
        .startsWith("python.packages: tensorflow-cpu-aws")
        .endsWith("has no wheel for Python 3.11 on x86_64 with glibc 2.36");
  }

  @Test
  void anotherPySpark() {
    assertThat(
            said(
                unsolvable(
                    "Because you require pyspark==4.2.0 and pyspark==4.3.0, we can conclude that your requirements are unsatisfiable.")))
        .isEqualTo(
            "python.packages asks for another PySpark than the cluster's 4.3.0: you require pyspark==4.2.0 and pyspark==4.3.0");
  }

  @Test
  void whatContradictsItself() {
    assertThat(
            said(
                unsolvable(
                    "Because you require pandas==2.1 and pandas>=2.2.0, we can conclude that your requirements are unsatisfiable.")))
        .isEqualTo(
            "python.packages: these do not go together: you require pandas==2.1 and pandas>=2.2.0 (PySpark 4.3.0 needs pandas>=2.2.0)");
    assertThat(
            said(
                unsolvable(
                    "Because you require numpy==2.1 and numpy==2.2.0, we can conclude that your requirements are unsatisfiable.")))
        .isEqualTo(
            "python.packages: these do not go together: you require numpy==2.1 and numpy==2.2.0");
  }

  @Test
  void anIndexThatDoesNotAnswer() {
    assertThat(
            said(
                """
                error: Failed to fetch: http://127.0.0.1:9/simple/pandas/
                  cause: error sending request for url (http://127.0.0.1:9/simple/pandas/)
                  cause: client error (Connect)
                  cause: tcp connect error
                  cause: Connection refused (os error 111)
                """))
        .isEqualTo(
            "the Python index cannot be asked for python.packages: Connection refused (os error 111)");
  }

  @Test
  void whatIsNoRequirement() {
    assertThat(
            said(
                """
                error: Couldn't parse requirement in `packages.in` at position 0
                  cause: Expected one of `@`, `(`, `<`, `=`, `>`, `~`, `!`, `;`, found `p`
                         num py==
                             ^
                """))
        .startsWith("python.packages holds what is no requirement: Expected one of");
  }

  @Test
  void theFileIsNamed() {
    PythonRequest request =
        new PythonRequest(
            PythonKind.CLUSTER,
            new SparkVersion(4, 3, 0),
            "3.11",
            List.of(),
            Optional.of(new RequirementsFile("/home/ada/requirements.txt", Form.PLAIN, "")),
            Pins.NONE,
            true);
    assertThat(UvComplaint.failure(request, PLATFORM, "odd\u001b[31m words", "i").what())
        .startsWith("uv cannot resolve /home/ada/requirements.txt: odd");
  }
}
