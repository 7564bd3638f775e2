package huddle.apply;

import huddle.event.Failure;
import huddle.spark.MasterJson;
import huddle.spark.MasterState;
import huddle.ssh.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// Asks a Master for its state at its page, which listens on its host's loopback only: the question
/// goes over the connection. Many waiting changes share one answer.
public final class MasterClient {
  private static final int LIMIT = 16 * 1024 * 1024;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration FRESH = Duration.ofMillis(400);

  private final Connection connection;
  private final int port;
  private final Duration patience;
  private final ReentrantLock asking = new ReentrantLock();
  private Optional<MasterState> last = Optional.empty();
  private long askedNanos = System.nanoTime() - FRESH.toNanos();

  /// @param port of the Master's page
  public MasterClient(Connection connection, int port) {
    this(connection, port, ANSWER);
  }

  MasterClient(Connection connection, int port, Duration patience) {
    this.connection = connection;
    this.port = port;
    this.patience = patience;
  }

  /// The state, at most 400 ms old; empty if no Master answers.
  public Optional<MasterState> state() {
    asking.lock();
    try {
      if (System.nanoTime() - askedNanos >= FRESH.toNanos()) {
        last = ask();
        askedNanos = System.nanoTime();
      }
      return last;
    } finally {
      asking.unlock();
    }
  }

  private Optional<MasterState> ask() {
    try (Connection.Channel channel = connection.dial("127.0.0.1", port)) {
      channel
          .out()
          .write(
              "GET /json/ HTTP/1.0\r\nHost: 127.0.0.1:%d\r\n\r\n"
                  .formatted(port)
                  .getBytes(StandardCharsets.US_ASCII));
      channel.out().flush();
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> read(channel.in(), answer));
      return body(new String(
              answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8))
          .flatMap(MasterJson::parse);
    } catch (IOException | Failure | java.util.concurrent.ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void read(InputStream in, CompletableFuture<byte[]> answer) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0 && all.size() < LIMIT; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
      answer.complete(all.toByteArray());
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private static Optional<String> body(String response) {
    int end = response.indexOf("\r\n\r\n");
    // The page answers 404 between binding its port and attaching the handler.
    boolean ok =
        response.startsWith("HTTP/1.") && response.length() > 12 && response.startsWith("200", 9);
    return ok && end > 0 ? Optional.of(response.substring(end + 4)) : Optional.empty();
  }
}
