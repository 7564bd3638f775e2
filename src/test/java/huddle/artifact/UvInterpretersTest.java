package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real uv fetches one of its builds from a server of the test's own, as from a company's
/// mirror.
@Tag("spark")
class UvInterpretersTest {
  private static final PythonPlatform LINUX = PythonPlatform.host("x86_64", "glibc 2.36");

  @TempDir Path folder;
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private UvInterpreters interpreters(byte[] build, String sha256) {
    server.file("/build.tar.gz", build);
    server.text(
        "/builds.json",
        "application/json",
        """
        {"cpython-3.13.9-linux-x86_64-gnu": {"name": "cpython", "arch": {"family": "x86_64", "variant": null},
         "os": "linux", "libc": "gnu", "major": 3, "minor": 13, "patch": 9, "prerelease": "", "variant": null,
         "url": "%s", "sha256": "%s", "build": "20251014"}}
        """
            .formatted(server.url("/build.tar.gz"), sha256));
    return new UvInterpreters(
        RealUv.in(folder, Map.of("UV_PYTHON_DOWNLOADS_JSON_URL", server.url("/builds.json"))),
        new InterpreterCache(new Cache(folder.resolve("huddle"))));
  }

  @Test
  void aBuildIsFetchedAndArranged() throws Exception {
    byte[] build = FakePython.build(FakePython.program());
    UvInterpreters interpreters = interpreters(build, sha256(build));
    interpreters.fetch("3.13", LINUX, Progress.SILENT);
    PythonBundle bundle = interpreters.cache().find("3.13", LINUX).orElseThrow();
    assertThat(FakePython.names(bundle.tar()))
        .contains("bin/python3.13", "bin/python3", "lib/python3.13/os.py")
        .doesNotContain("lib/python3.13/test/big.py");
    assertThat(server.requests()).containsExactly("/builds.json", "/build.tar.gz");
  }

  @Test
  void aBuildThatIsNotTheOneListedIsRefused() throws Exception {
    UvInterpreters interpreters =
        interpreters(FakePython.build(FakePython.program()), "0".repeat(64));
    assertThatThrownBy(() -> interpreters.fetch("3.13", LINUX, Progress.SILENT))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.what()).startsWith("uv cannot fetch one ("));
    assertThat(interpreters.cache().find("3.13", LINUX)).isEmpty();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
