package huddle.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/// An archive from a text: its first line is `tar`, `tgz` or `zip`, each further one an entry: its
/// kind as a tar's flag (`0` file, `5` folder, `2` link, `1` hard link, `3` device …), its name,
/// and after a tab what a link leads to. Any other input is an archive as it is.
final class HostileArchive {
  private HostileArchive() {}

  static byte[] of(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    String rest = text.substring(line + 1);
    try {
      return switch (line < 0 ? "" : text.substring(0, line)) {
        case "tar" -> tar(rest);
        case "tgz" -> gzip(tar(rest));
        case "zip" -> zip(rest);
        default -> input;
      };
    } catch (IllegalArgumentException | IllegalStateException e) {
      // The library that writes it is more careful than those who would.
      return input;
    }
  }

  private static byte[] tar(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (String line : text.split("\n", 2000)) {
        if (line.length() < 2) {
          continue;
        }
        char kind = line.charAt(0);
        TarArchiveEntry entry = new TarArchiveEntry(name(line), (byte) kind, true);
        // The constructor strips what an honest program would not write.
        entry.setName(name(line));
        entry.setLinkName(target(line));
        // A name that ends with a slash is a folder to every tar.
        byte[] content =
            kind == '0' && !name(line).endsWith("/")
                ? line.getBytes(StandardCharsets.UTF_8)
                : new byte[] {};
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] zip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (String line : text.split("\n", 2000)) {
        if (line.length() < 2) {
          continue;
        }
        ZipArchiveEntry entry = new ZipArchiveEntry(name(line));
        boolean link = line.charAt(0) == (char) TarConstants.LF_SYMLINK;
        entry.setUnixMode(link ? UnixStat.LINK_FLAG | 0777 : UnixStat.FILE_FLAG | 0755);
        zip.putArchiveEntry(entry);
        zip.write((link ? target(line) : line).getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static String name(String line) {
    int tab = line.indexOf('\t');
    return line.substring(1, tab < 1 ? line.length() : tab);
  }

  private static String target(String line) {
    int tab = line.indexOf('\t');
    return tab < 1 ? "" : line.substring(tab + 1);
  }
}
