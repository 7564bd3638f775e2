package huddle.python;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.python.PythonRequest.Form;
import huddle.python.PythonRequest.RequirementsFile;
import huddle.spark.SparkVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked for, its digest, and what it came to.
class PythonRequestTest {
  private static final SparkVersion SPARK = new SparkVersion(4, 3, 0);

  private static PythonRequest request(String... packages) {
    return new PythonRequest(
        PythonKind.CLUSTER, SPARK, "3.11", List.of(packages), Optional.empty(), Pins.NONE, true);
  }

  private static PythonRequest file(Form form, String text) {
    return new PythonRequest(
        PythonKind.CLUSTER,
        SPARK,
        "3.11",
        List.of(),
        Optional.of(new RequirementsFile("/home/ada/file", form, text)),
        Pins.NONE,
        true);
  }

  @Test
  void pandasStaysBelowThree() {
    assertThat(request("pandas", "pyarrow").constraints())
        .contains("pandas>=2.2.0,<3", "pyarrow>=18.0.0", "pyspark==4.3.0");
    assertThat(request("geopandas>=1.0", "pandas-stubs==2").constraints())
        .contains("pandas>=2.2.0,<3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pandas>=3",
        "pandas==3.1.1",
        "pandas[performance]~=3.0",
        "pandas @ https://x/y.whl"
      })
  void unlessTheUserNamesAVersion(String pandas) {
    assertThat(request("numpy", pandas).constraints())
        .contains("pandas>=2.2.0")
        .doesNotContain("pandas>=2.2.0,<3");
    assertThat(file(Form.PLAIN, "numpy\n" + pandas + "\n").constraints()).contains("pandas>=2.2.0");
    assertThat(
            file(Form.PROJECT, "[project]\ndependencies = [\n  \"" + pandas + "\",\n]\n")
                .constraints())
        .contains("pandas>=2.2.0");
  }

  @Test
  void aLockNamesAllVersions() {
    assertThat(file(Form.LOCK, "").constraints()).contains("pandas>=2.2.0");
    assertThat(file(Form.PLAIN, "# pandas==3\nnumpy==2\n").constraints())
        .as("a comment asks for nothing")
        .contains("pandas>=2.2.0,<3");
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.7, 'pandas>=1.0.5,<3', 'numpy>=1.15,<2'",
    "4.0.1, 'pandas>=2.0.0,<3', 'numpy>=1.21'",
    "4.1.4, 'pandas>=2.2.0,<3', 'numpy>=1.21'",
  })
  void eachLineOfSparkHasItsBounds(String spark, String pandas, String numpy) {
    PythonRequest request =
        new PythonRequest(
            PythonKind.CLUSTER,
            SparkVersion.parse(spark).orElseThrow(),
            "3.11",
            List.of("pandas"),
            Optional.empty(),
            Pins.NONE,
            true);
    assertThat(request.constraints()).contains(pandas, numpy, "pyspark==" + spark);
  }

  @Test
  void theDigestFollowsWhatIsAskedFor() {
    String digest = request("pandas").digest();
    assertThat(request("pandas ").digest()).isEqualTo(digest);
    assertThat(request("pandas", "numpy").digest()).isNotEqualTo(digest);
    assertThat(request("pandas").with(Pins.parse("pandas==2.3.3")).digest()).isNotEqualTo(digest);
    assertThat(file(Form.PLAIN, "a==1\n").digest())
        .isEqualTo(file(Form.PLAIN, "a==1\n").digest())
        .isNotEqualTo(file(Form.PLAIN, "a==2\n").digest())
        .isNotEqualTo(file(Form.LOCK, "a==1\n").digest());
  }

  @Test
  void theNotebooksAgreesWithTheClusters() {
    PythonRequest notebook =
        new PythonRequest(
            PythonKind.NOTEBOOK,
            SPARK,
            "3.11",
            List.of("pandas"),
            Optional.empty(),
            Pins.parse("pandas==2.3.3\nnumpy==2.4.6\n"),
            true);
    assertThat(notebook.constraints()).contains("pandas==2.3.3", "numpy==2.4.6");
    assertThat(notebook.kind().extra())
        .contains("pyspark[connect]")
        .anyMatch(p -> p.startsWith("jupyterlab"));
  }

  @Test
  void pinsAreReadAsUvWritesThem() {
    Pins pins =
        Pins.parse(
            """
            # This file was made by a machine
            pandas==2.3.3
                # via -r packages.in
            Py_Arrow==26.0.1 ; python_full_version >= '3.11'
            own @ file:///home/ada/own-1.0-py3-none-any.whl
            --index-url https://x
            not a requirement
            torch==2.9.1+cpu
            """);
    assertThat(pins.text())
        .isEqualTo(
            """
            own @ file:///home/ada/own-1.0-py3-none-any.whl
            pandas==2.3.3
            py-arrow==26.0.1
            torch==2.9.1+cpu
            """);
    assertThat(Pins.parse(pins.text())).isEqualTo(pins);
    assertThat(pins.version("pandas")).contains("2.3.3");
    assertThat(pins.and(Pins.parse("pandas==2.3.3\nextra==1\n")).all()).hasSize(5);
    assertThat(pins.digest("3.11")).isNotEqualTo(pins.digest("3.12"));
  }

  @Test
  void anEnvironmentIsFoundByItsLine() {
    PythonEnvironment environment =
        PythonEnvironment.of(
            request("pandas"), Map.of("x86_64-glibc", Pins.parse("pandas==2.3.3\nnumpy==2.4.6\n")));
    assertThat(environment.folder()).matches("python-[0-9a-f]{12}");
    assertThat(environment.summary()).isEqualTo("Python 3.11 with pandas 2.3.3 and 1 more");
    assertThat(PythonEnvironment.found(environment.identity("/usr/bin/python3")))
        .hasValueSatisfying(found -> {
          assertThat(found.interpreter()).isEqualTo("/usr/bin/python3");
          assertThat(found.environment("x86_64-glibc", environment.all())).isEqualTo(environment);
        });
    assertThat(PythonEnvironment.found("python ../../etc cluster request x minor 3.11 on /"))
        .isEmpty();
    assertThat(PythonEnvironment.found("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64, glibc 2.36, x86_64-manylinux_2_36, x86_64 with glibc 2.36",
    "x86_64, glibc 2.30, x86_64-manylinux_2_28, x86_64 with glibc 2.30",
    "aarch64, glibc 2.17, aarch64-manylinux_2_17, aarch64 with glibc 2.17",
    "x86_64, glibc 2.99, x86_64-manylinux_2_40, x86_64 with glibc 2.99",
    "aarch64, musl 1.2.4, aarch64-unknown-linux-musl, aarch64 with musl",
    "x86_64, '', x86_64-manylinux_2_17, x86_64 with glibc 2.17",
  })
  void platforms(String arch, String libc, String uv, String shown) {
    PythonPlatform platform = PythonPlatform.host(arch, libc);
    assertThat(platform.uvName()).contains(uv);
    assertThat(platform).hasToString(shown);
  }

  @Test
  void wheelsAreForTheLowestOfAKind() {
    assertThat(PythonPlatform.host("s390x", "glibc 2.36").uvName()).isEmpty();
    assertThat(
            PythonPlatform.lowest(
                List.of(
                    PythonPlatform.host("x86_64", "glibc 2.36"),
                    PythonPlatform.host("x86_64", "musl 1.2.4"),
                    PythonPlatform.host("x86_64", "glibc 2.31"))))
        .containsOnly(
            Map.entry("x86_64-glibc", new PythonPlatform("x86_64", 31)),
            Map.entry("x86_64-musl", new PythonPlatform("x86_64", 0)));
  }
}
