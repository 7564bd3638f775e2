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
import java.util.function.Supplier;

/// Asks a Master for its state at its page, which listens on its host's loopback only: the question
/// goes over the connection. Many waiting changes share one answer.
public final class MasterClient {
  private static final int LIMIT = 16 * 1024 * 1024;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration FRESH = Duration.ofMillis(400);

  private final Connection connection;
  private final Supplier<PageCredential.Doors> doors;
  private final int port;
  private final Duration patience;
  private final ReentrantLock asking = new ReentrantLock();
  private Optional<String> authorization = Optional.empty();
  private Optional<MasterState> last = Optional.empty();
  private long askedNanos = System.nanoTime() - FRESH.toNanos();

  /// @param root of the Master's host, as in the file: there is what opens the page
  /// @param port of the Master's page
  public MasterClient(Connection connection, String root, int port) {
    this(connection, new PageCredential(connection, root)::doors, port, ANSWER);
  }

  MasterClient(
      Connection connection, Supplier<PageCredential.Doors> doors, int port, Duration patience) {
    this.connection = connection;
    this.doors = doors;
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
    try {
      boolean known = authorization.isPresent();
      if (!known) {
        PageCredential.Doors now = doors.get();
        authorization = now.ports().contains(port) ? now.authorization() : Optional.empty();
      }
      String answer = exchange();
      if (known && !answer.startsWith("200", 9)) {
        // The secret may be another one since.
        authorization = doors.get().authorization();
        answer = exchange();
      }
      return body(answer).flatMap(MasterJson::parse);
    } catch (IOException | Failure | java.util.concurrent.ExecutionException | TimeoutException e) {
      // Whoever listens there next is looked at first.
      authorization = Optional.empty();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String exchange()
      throws IOException,
          InterruptedException,
          java.util.concurrent.ExecutionException,
          TimeoutException {
    try (Connection.Channel channel = connection.dial("127.0.0.1", port)) {
      channel
          .out()
          .write(
              "GET /json/ HTTP/1.0\r\nHost: 127.0.0.1:%d\r\n%s\r\n"
                  .formatted(
                      port, authorization.map(of -> "Authorization: " + of + "\r\n").orElse(""))
                  .getBytes(StandardCharsets.US_ASCII));
      channel.out().flush();
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> read(channel.in(), answer));
      return new String(
          answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8);
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
