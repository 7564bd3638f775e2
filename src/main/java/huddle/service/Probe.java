package huddle.service;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Asks a service whether it serves, in its own language.
public interface Probe {
  /// One question, and its answer.
  ///
  /// @throws Failure if the answer is wrong
  void ask(Connection.Channel channel, String host) throws IOException;

  /// Asks with a bound.
  ///
  /// @param dial opens a channel to the service
  /// @throws Failure if it does not answer, or wrongly
  default void ask(Supplier<Connection.Channel> dial, String host, Duration bound)
      throws InterruptedException {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    try (Connection.Channel channel = dial.get()) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              ask(channel, host);
              answer.complete(null);
            } catch (IOException | Failure e) {
              answer.completeExceptionally(e);
            }
          });
      answer.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      if (why instanceof Failure failure) {
        throw failure;
      }
      throw silent(host, why == null ? "" : String.valueOf(why.getMessage()));
    } catch (TimeoutException e) {
      throw silent(host, "no answer within %d s".formatted(bound.toSeconds()));
    }
  }

  private static Failure silent(String host, String why) {
    return Failure.on(host, "the service does not answer: " + why, "see `huddle logs`");
  }
}
