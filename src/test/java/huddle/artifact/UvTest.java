package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What uv is told, and which of its wheels is taken.
class UvTest {
  private static final Path HOME = Path.of("/home/ada");

  @TempDir Path folder;

  private static Map<String, String> variables(Map<String, String> own, String pip) {
    return UvVariables.of(new OperatorEnvironment(own, HOME), PipConfig.parse(pip));
  }

  @Test
  void whatPipIsConfiguredForIsCarriedOver() {
    assertThat(
            variables(
                Map.of("PATH", "/usr/bin", "VIRTUAL_ENV", "/venv", "UV_CONSTRAINT", "/c.txt"),
                """
                global.cert='~/company.pem'
                global.extra-index-url='https://one/simple\\nhttps://two/simple'
                global.find-links='/opt/wheels ~/wheels'
                global.index-url='https://user:secret@mirror/simple'
                global.proxy='http://proxy:3128'
                global.trusted-host='mirror'
                """))
        .containsEntry("PATH", "/usr/bin")
        .containsEntry("UV_DEFAULT_INDEX", "https://user:secret@mirror/simple")
        .containsEntry("UV_INDEX", "https://one/simple https://two/simple")
        .containsEntry("UV_INDEX_STRATEGY", "unsafe-best-match")
        .containsEntry("UV_FIND_LINKS", "/opt/wheels,/home/ada/wheels")
        .containsEntry("SSL_CERT_FILE", "/home/ada/company.pem")
        .containsEntry("HTTPS_PROXY", "http://proxy:3128")
        .containsEntry("UV_INSECURE_HOST", "mirror")
        .containsEntry("UV_PYTHON_DOWNLOADS", "never")
        .doesNotContainKeys("VIRTUAL_ENV", "UV_CONSTRAINT");
  }

  @Test
  void uvsOwnSettingsWin() {
    assertThat(
            variables(
                Map.of("UV_INDEX_URL", "https://own/simple", "SSL_CERT_FILE", "/own.pem"),
                "global.index-url='https://mirror/simple'\nglobal.cert='/pip.pem'\n"))
        .containsEntry("UV_INDEX_URL", "https://own/simple")
        .containsEntry("SSL_CERT_FILE", "/own.pem")
        .doesNotContainKey("UV_DEFAULT_INDEX");
  }

  @Test
  void pipsVariablesCountWithoutPip() {
    assertThat(
            variables(Map.of("PIP_INDEX_URL", "https://mirror/simple", "PIP_CERT", "/c.pem"), ""))
        .containsEntry("UV_DEFAULT_INDEX", "https://mirror/simple")
        .containsEntry("SSL_CERT_FILE", "/c.pem");
  }

  @Test
  void withoutUvAndWithoutAnIndexThatIsSaid() {
    OperatorEnvironment nothing = new OperatorEnvironment(Map.of("PATH", "/nowhere"), HOME);
    Uv uv = new Uv(nothing, new UvWheel(new Cache(folder), "Linux", "amd64", false));
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                uv.run(
                    List.of("--version"),
                    folder,
                    Map.of(),
                    Duration.ofSeconds(30),
                    Progress.SILENT));
    assertThat(failure.what()).startsWith("there is no uv here, and none can be fetched: ");
    assertThat(failure.remedy()).contains("install uv");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, false, uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "Linux, aarch64, false, uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
    "Linux, aarch64, true, uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
    "Linux, amd64, true, uv-0.13.9-py3-none-musllinux_1_1_x86_64.whl",
    "Mac OS X, aarch64, false, uv-0.13.9-py3-none-macosx_11_0_arm64.whl",
    "Linux, s390x, false, ",
  })
  void theNewestWheelForThisMachine(String os, String arch, boolean musl, String name) {
    List<IndexFile> files =
        Stream.of(
                "uv-0.9.30-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
                "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
                "uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
                "uv-0.13.9-py3-none-musllinux_1_1_x86_64.whl",
                "uv-0.13.9-py3-none-macosx_11_0_arm64.whl",
                "uv-0.13.9-py3-none-win_amd64.whl",
                "uv-0.13.9.tar.gz",
                "uv-0.14.0rc1-py3-none-manylinux_2_17_x86_64.whl")
            .map(file -> listed(file, false))
            .toList();
    UvWheel wheel = new UvWheel(new Cache(HOME), os, arch, musl);
    assertThat(wheel.newest(files).map(IndexFile::name)).isEqualTo(Optional.ofNullable(name));
    assertThat(wheel.newest(List.of(listed("uv-0.13.9-py3-none-musllinux_1_1_x86_64.whl", true))))
        .as("withdrawn")
        .isEmpty();
  }

  private static IndexFile listed(String name, boolean yanked) {
    return new IndexFile(
        name,
        URI.create("https://mirror/" + name),
        Optional.of(new Digest("sha256", "ab".repeat(32))),
        OptionalLong.empty(),
        "",
        yanked);
  }
}
