package huddle.tunnel;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps a tunnel's connection: asks the host for a sign of life now and then, which makes a lost
/// connection anew, and gives up after a quarter of an hour without one.
///
/// @param pause between two questions
/// @param patience how long a host may be lost
public record Lifeline(Duration pause, Duration patience) {
  private static final Script ALIVE = new Script("alive", ":", Map.of());
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /// Asks every 20 seconds, and gives up after 15 minutes of running time: a machine that slept
  /// finds its tunnels as they were.
  public static Lifeline usual() {
    return new Lifeline(Duration.ofSeconds(20), Duration.ofMinutes(15));
  }

  /// Returns never: ends with an InterruptedException on Ctrl-C, or with a Failure that says that
  /// the host is lost.
  ///
  /// @param says hears that the host was lost, and that it was reached again
  public void watch(Connection connection, Consumer<String> says) throws InterruptedException {
    Optional<Long> lostSince = Optional.empty();
    while (true) {
      Thread.sleep(pause);
      long asked = System.nanoTime();
      try {
        connection.run(ALIVE, ANSWER);
        if (lostSince.isPresent()) {
          says.accept(connection.host() + ": reached again");
        }
        lostSince = Optional.empty();
      } catch (Failure failure) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        if (lostSince.isEmpty()) {
          says.accept(connection.host() + ": " + failure.what() + "; trying again");
          lostSince = Optional.of(asked);
        }
        if (System.nanoTime() - lostSince.get() > patience.toNanos()) {
          throw new Failure(
              connection.host(),
              "it was not reached for %d minutes, so the tunnel is closed: %s"
                  .formatted(patience.toMinutes(), failure.what()),
              failure.remedy(),
              failure.detail());
        }
      }
    }
  }
}
