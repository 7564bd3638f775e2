package huddle.artifact;

import huddle.event.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// A tar, plain or compressed with gzip or bzip2, read as a stream.
///
/// @param progress is told how many bytes of the file are read
record Archive(Path file, String what, Progress progress) implements Source {

  /// What a file is, by its first bytes.
  ///
  /// @throws Failure if it is no archive that can be read
  static Source open(Path file, String what, Progress progress) {
    byte[] head = head(file);
    if (starts(head, "PK\3\4")) {
      return new ZipArchive(file);
    }
    if (starts(head, "\u001f\u008b") || starts(head, "BZh") || isTar(head)) {
      return new Archive(file, what, progress);
    }
    String found = starts(head, "<") ? " but a web page" : "";
    throw Failure.of(
        file + " is no archive" + found, "name a .tar.gz, .tgz, .tar or .zip file, or a folder");
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(512);
    } catch (IOException e) {
      throw Failure.of("cannot read " + file + ": " + Reason.ofFile(e), "check the path");
    }
  }

  private static boolean starts(byte[] head, String magic) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(magic);
  }

  private static boolean isTar(byte[] head) {
    return head.length == 512
        && new String(head, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void each(Visitor visitor) throws IOException, Hostile {
    try (TarArchiveInputStream tar = openTar()) {
      for (TarArchiveEntry header = next(tar); header != null; header = next(tar)) {
        visitor.visit(entry(header, tar));
      }
    }
  }

  private TarArchiveInputStream openTar() throws TarWriter.UnreadableException {
    try {
      InputStream raw =
          new BufferedInputStream(
              new CountedInput(
                  Files.newInputStream(file), "Arranging " + what, Files.size(file), progress),
              1 << 18);
      raw.mark(4);
      byte[] head = raw.readNBytes(3);
      raw.reset();
      InputStream plain = raw;
      if (starts(head, "\u001f\u008b")) {
        plain = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
      } else if (starts(head, "BZh")) {
        plain = new BufferedInputStream(new BZip2CompressorInputStream(raw, true), 1 << 16);
      }
      return new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }

  private static @org.jspecify.annotations.Nullable TarArchiveEntry next(TarArchiveInputStream tar)
      throws TarWriter.UnreadableException {
    try {
      return tar.getNextEntry();
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    } catch (IllegalArgumentException e) {
      throw new TarWriter.UnreadableException(new IOException(e.getMessage()));
    }
  }

  private static Entry entry(TarArchiveEntry header, TarArchiveInputStream tar) throws Hostile {
    String name = EntryName.of(header.getName());
    if (header.isSymbolicLink()) {
      return new Entry.Link(name, header.getLinkName());
    }
    if (header.isLink()) {
      return new Entry.Same(name, EntryName.of(header.getLinkName()));
    }
    if (header.isDirectory()) {
      return new Entry.Folder(name);
    }
    return switch (header.getLinkFlag()) {
      case TarConstants.LF_NORMAL,
          TarConstants.LF_OLDNORM,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          new Entry.File(name, (header.getMode() & 0111) != 0, header.getRealSize(), tar);
      case TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO ->
          throw new Hostile("a device: " + name);
      default -> throw new Hostile("an entry of an unknown kind: " + name);
    };
  }
}
