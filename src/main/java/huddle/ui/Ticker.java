package huddle.ui;

import java.time.Duration;

/// Calls something again and again; tests tick by hand.
@FunctionalInterface
public interface Ticker {
  /// Begins; closing what is returned ends it.
  Ticking start(Duration every, Runnable tick);

  /// Something that ticks.
  @FunctionalInterface
  interface Ticking extends AutoCloseable {
    @Override
    void close();
  }

  /// Ticks on a virtual thread of its own, which never keeps the process alive.
  static Ticker virtual() {
    return (every, tick) -> {
      Thread thread =
          Thread.ofVirtual()
              .name("ticker")
              .start(() -> {
                try {
                  while (true) {
                    Thread.sleep(every);
                    tick.run();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      return thread::interrupt;
    };
  }
}
