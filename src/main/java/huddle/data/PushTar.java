package huddle.data;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes paths as one tar, read from the disk as it goes.
final class PushTar {
  private static final long STEP = 4 << 20;

  private final LongConsumer sent;
  private long bytes;
  private long told;

  /// @param sent is told how many bytes of files have gone, now and then
  PushTar(LongConsumer sent) {
    this.sent = sent;
  }

  void write(List<PushPath> paths, OutputStream out) throws IOException {
    FrameOutput frames = new FrameOutput(out);
    TarArchiveOutputStream tar = new TarArchiveOutputStream(frames, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    for (PushPath path : paths) {
      if (path.folder()) {
        folder(tar, path.name());
      }
      for (Map.Entry<String, PushPath.Stamp> file : path.files().entrySet()) {
        String below = file.getKey();
        String name = below.isEmpty() ? path.name() : path.name() + "/" + below;
        if (below.endsWith("/")) {
          folder(tar, name.substring(0, name.length() - 1));
        } else {
          file(
              tar,
              name,
              below.isEmpty() ? path.source() : path.source().resolve(below),
              file.getValue());
        }
      }
    }
    tar.finish();
    frames.finish();
  }

  private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name + "/", TarConstants.LF_DIR);
    entry.setMode(0755);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private void file(TarArchiveOutputStream tar, String name, Path file, PushPath.Stamp stamp)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
    entry.setSize(stamp.size());
    entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(stamp.seconds())));
    tar.putArchiveEntry(entry);
    byte[] buffer = new byte[1 << 16];
    long left = stamp.size();
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n <= 0) {
          throw Failure.of(file + " became shorter while it was sent", "push it again");
        }
        tar.write(buffer, 0, n);
        left -= n;
        bytes += n;
        if (bytes - told >= STEP) {
          told = bytes;
          sent.accept(bytes);
        }
      }
    }
    tar.closeArchiveEntry();
  }
}
