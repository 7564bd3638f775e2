package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
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
    byte[] build = build();
    UvInterpreters interpreters = interpreters(build, sha256(build));
    interpreters.fetch("3.13", LINUX, Progress.SILENT);
    PythonBundle bundle = interpreters.cache().find("3.13", LINUX).orElseThrow();
    assertThat(names(bundle))
        .contains("bin/python3.13", "bin/python3", "lib/python3.13/os.py")
        .doesNotContain("lib/python3.13/test/big.py");
    assertThat(server.requests()).containsExactly("/builds.json", "/build.tar.gz");
  }

  @Test
  void aBuildThatIsNotTheOneListedIsRefused() throws Exception {
    UvInterpreters interpreters = interpreters(build(), "0".repeat(64));
    assertThatThrownBy(() -> interpreters.fetch("3.13", LINUX, Progress.SILENT))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.what()).startsWith("uv cannot fetch one ("));
    assertThat(interpreters.cache().find("3.13", LINUX)).isEmpty();
  }

  private static Set<String> names(PythonBundle bundle) throws IOException {
    Set<String> names = new TreeSet<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(Files.newInputStream(bundle.tar()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /// In the layout of uv's builds, with a program of this machine's in place of the interpreter.
  private static byte[] build() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      add(tar, "bin/python3.13", Files.readAllBytes(Path.of("/bin/true")));
      TarArchiveEntry link = new TarArchiveEntry("python/bin/python3", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("python3.13");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      add(
          tar,
          "lib/python3.13/_sysconfigdata__linux_x86_64-linux-gnu.py",
          text(
              "# system configuration generated and used by the sysconfig module\nbuild_time_vars = {}\n"));
      add(tar, "lib/python3.13/os.py", text("name = 'posix'\n"));
      add(tar, "lib/python3.13/test/big.py", text("pass\n"));
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("python/" + name);
    entry.setMode(0755);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
