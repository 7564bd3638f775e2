package huddle.web;

import huddle.ssh.Connection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Ends a channel that has said nothing for a while; closing it calls that off.
final class Patience implements AutoCloseable {
  private final Connection.Channel channel;
  private final Duration silence;
  private final Thread watch;
  private volatile long heard = System.nanoTime();

  private Patience(Connection.Channel channel, Duration silence) {
    this.channel = channel;
    this.silence = silence;
    this.watch = Thread.ofVirtual().unstarted(this::watch);
  }

  static Patience with(Connection.Channel channel, Duration silence) {
    Patience patience = new Patience(channel, silence);
    patience.watch.start();
    return patience;
  }

  private void watch() {
    try {
      while (true) {
        long left = silence.toNanos() - (System.nanoTime() - heard);
        if (left <= 0) {
          channel.close();
          return;
        }
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException e) {
      // Called off.
    }
  }

  /// The same stream; whatever comes along it starts the silence anew.
  InputStream watching(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        heard = System.nanoTime();
        return count;
      }
    };
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
