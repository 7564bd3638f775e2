package huddle.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A CPython 3.13 in the layout of uv's builds, with some other program in place of the
/// interpreter.
final class FakePython {
  private FakePython() {}

  /// A program of this machine's.
  static byte[] program() throws IOException {
    return Files.readAllBytes(Path.of("/bin/true"));
  }

  /// As an archive.
  static byte[] build(byte[] program) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      add(tar, "bin/python3.13", program);
      TarArchiveEntry link = new TarArchiveEntry("python/bin/python3", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("python3.13");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      // uv rewrites this one, and wants it to begin so.
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

  /// Names in a plain tar.
  static Set<String> names(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
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
