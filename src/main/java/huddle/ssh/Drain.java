package huddle.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads one stream of a running script to its end, up to a limit.
///
/// A platform thread each: a read of a process's pipe blocks its carrier, and beyond 256 of them
/// (100 hosts) no virtual thread would run any more.
final class Drain implements Runnable {
  private final InputStream in;
  private final String marker;
  private final int limit;
  private final Runnable onOverflow;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Thread thread;
  private volatile Preamble preamble = new Preamble(false, "", "");
  private volatile boolean overflowed;

  /// Starts reading.
  ///
  /// @param limit in bytes, beyond which `onOverflow` runs and the rest is dropped
  static Drain start(InputStream in, String marker, int limit, Runnable onOverflow) {
    Drain drain = new Drain(in, marker, limit, onOverflow);
    drain.thread.start();
    return drain;
  }

  private Drain(InputStream in, String marker, int limit, Runnable onOverflow) {
    this.in = in;
    this.marker = marker;
    this.limit = limit;
    this.onOverflow = onOverflow;
    this.thread = Thread.ofPlatform().daemon().name("huddle-drain").unstarted(this);
  }

  @Override
  public void run() {
    try (in) {
      preamble = Preamble.read(in, marker);
      if (preamble.isEndless()) {
        onOverflow.run();
        return;
      }
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // The stream was closed because the process was ended; what came before stands.
    }
  }

  private synchronized void keep(byte[] buffer, int n) {
    if (bytes.size() + n <= limit) {
      bytes.write(buffer, 0, n);
    } else if (!overflowed) {
      overflowed = true;
      onOverflow.run();
    }
  }

  /// Whether the stream ended within the bound.
  boolean join(Duration bound) throws InterruptedException {
    return thread.join(bound.isPositive() ? bound : Duration.ofMillis(1));
  }

  Preamble preamble() {
    return preamble;
  }

  boolean overflowed() {
    return overflowed;
  }

  /// What came after the marker, or all of it where there was none.
  synchronized String text() {
    return (preamble.began() ? "" : preamble.noise()) + bytes.toString(StandardCharsets.UTF_8);
  }
}
