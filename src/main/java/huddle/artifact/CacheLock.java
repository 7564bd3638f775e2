package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A lock on one thing in the cache, held by one process and thread. The kernel lets it go when its
/// holder dies; the empty file stays.
final class CacheLock implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  static CacheLock take(Path file, Progress progress) {
    long start = System.nanoTime();
    int looks = 0;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean held = false;
      try {
        while (!held) {
          held = tryLock(channel) != null;
          if (!held) {
            if (looks++ % 10 == 0) {
              progress.at("Waiting for another huddle that fetches the same", 0, 0);
            }
            if (System.nanoTime() - start > BOUND.toNanos()) {
              throw Failure.of(
                  "another huddle has held " + file + " for an hour", "end it, then run it again");
            }
            Thread.sleep(LOOK);
          }
        }
      } finally {
        if (!held) {
          channel.close();
        }
      }
      return new CacheLock(channel);
    } catch (IOException e) {
      throw Reason.unwritable(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of("interrupted while waiting for another huddle", "");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Closing gives the lock back even so.
    }
  }
}
