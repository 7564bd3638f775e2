package huddle.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes a plain tar that any tar reads and whose bytes depend on names, contents and the
/// executable bit only. Holds back what would leave the folder it is unpacked in.
final class TarWriter {
  /// One time for all: Java's caches of classes (CDS, AOT) compare the times of jars across hosts.
  /// Not the epoch, as zip tools refuse years before 1980.
  static final Instant TIME = Instant.parse("2020-01-01T00:00:00Z");

  static final int MOST_ENTRIES = 200_000;
  static final long MOST_BYTES = 8L << 30;

  private final TarArchiveOutputStream tar;
  private final Set<String> names = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private final Map<String, Integer> modes = new HashMap<>();
  private final byte[] buffer = new byte[1 << 16];
  private long bytes;

  TarWriter(OutputStream out) {
    tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    // GNU's form of long names, as busybox reads no pax headers.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  /// Bytes of content so far.
  long bytes() {
    return bytes;
  }

  void add(Entry entry) throws IOException, Hostile {
    if (entry instanceof Entry.Folder folder) {
      makeFolder(folder.name());
      return;
    }
    makeFolder(EntryName.parent(entry.name()));
    take(entry.name());
    switch (entry) {
      case Entry.Folder folder -> throw new IllegalStateException(folder.name());
      case Entry.File file -> add(file);
      case Entry.Link link -> add(link);
      case Entry.Same same -> add(same);
    }
  }

  void addText(String name, String text) throws IOException, Hostile {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    add(new Entry.File(name, false, content.length, new java.io.ByteArrayInputStream(content)));
  }

  // No name comes twice, and nothing lies behind a link or a file: then unpacking writes nothing
  // outside.
  private void take(String name) throws Hostile {
    if (!names.add(name)) {
      throw new Hostile("the same name twice: " + name);
    }
    if (names.size() > MOST_ENTRIES) {
      throw new Hostile("more than " + MOST_ENTRIES + " entries");
    }
  }

  private void makeFolder(String name) throws IOException, Hostile {
    if (name.isEmpty() || folders.contains(name)) {
      return;
    }
    makeFolder(EntryName.parent(name));
    take(name);
    folders.add(name);
    TarArchiveEntry header = header(name + "/", TarConstants.LF_DIR);
    header.setMode(0755);
    tar.putArchiveEntry(header);
    tar.closeArchiveEntry();
  }

  private void add(Entry.File file) throws IOException, Hostile {
    // Added only then: a size that is absurd would make the sum negative.
    if (file.size() < 0 || file.size() > MOST_BYTES - bytes) {
      throw new Hostile("more than " + (MOST_BYTES >> 30) + " GiB");
    }
    bytes += file.size();
    int mode = file.executable() ? 0755 : 0644;
    modes.put(file.name(), mode);
    TarArchiveEntry header = header(file.name(), TarConstants.LF_NORMAL);
    header.setMode(mode);
    header.setSize(file.size());
    tar.putArchiveEntry(header);
    long left = file.size();
    while (left > 0) {
      int n = read(file, (int) Math.min(buffer.length, left));
      tar.write(buffer, 0, n);
      left -= n;
    }
    tar.closeArchiveEntry();
  }

  private int read(Entry.File file, int length) throws UnreadableException {
    try {
      int n = file.bytes().read(buffer, 0, length);
      if (n <= 0) {
        throw new UnreadableException(new IOException(file.name() + " is cut off"));
      }
      return n;
    } catch (UnreadableException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
  }

  private void add(Entry.Link link) throws IOException, Hostile {
    var problem = EntryName.linkProblem(link.name(), link.target());
    if (problem.isPresent()) {
      throw new Hostile(problem.get());
    }
    TarArchiveEntry header = header(link.name(), TarConstants.LF_SYMLINK);
    header.setLinkName(link.target());
    header.setMode(0777);
    tar.putArchiveEntry(header);
    tar.closeArchiveEntry();
  }

  private void add(Entry.Same same) throws IOException, Hostile {
    Integer mode = modes.get(same.target());
    if (mode == null) {
      throw new Hostile("a hard link to what it does not hold: " + same.name());
    }
    TarArchiveEntry header = header(same.name(), TarConstants.LF_LINK);
    header.setLinkName(same.target());
    header.setMode(mode);
    tar.putArchiveEntry(header);
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry header(String name, byte kind) {
    TarArchiveEntry header = new TarArchiveEntry(name, kind);
    header.setLastModifiedTime(FileTime.from(TIME));
    header.setIds(0, 0);
    header.setNames("root", "root");
    return header;
  }

  /// Writes the end marker; the stream below stays open.
  void finish() throws IOException {
    tar.finish();
    tar.flush();
  }

  /// The source could not be read; the writing side is well.
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
