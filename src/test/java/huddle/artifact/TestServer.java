package huddle.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real HTTP server on loopback whose answers a test chooses.
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// Answers one request.
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  TestServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI()
                  + header(exchange, "Range").map(range -> " " + range).orElse("")
                  + header(exchange, "Authorization").map(login -> " " + login).orElse(""));
          try (exchange) {
            answers.getOrDefault(exchange.getRequestURI().getPath(), status(404)).to(exchange);
          }
        });
    server.start();
  }

  static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /// Path, range and login of every request so far.
  List<String> requests() {
    return List.copyOf(requests);
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  String url(String path) {
    return uri(path).toString();
  }

  TestServer on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  TestServer file(String path, byte[] bytes) {
    return on(path, file(bytes));
  }

  TestServer text(String path, String type, String text) {
    return on(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
        });
  }

  /// Answers in turn; the last one for good.
  static Answer inTurn(Answer... answers) {
    List<Answer> left = new CopyOnWriteArrayList<>(answers);
    return exchange -> (left.size() > 1 ? left.removeFirst() : left.getFirst()).to(exchange);
  }

  static Answer status(int status) {
    return exchange -> send(exchange, status, new byte[0]);
  }

  /// A file, or the rest of it that was asked for.
  static Answer file(byte[] bytes) {
    return exchange -> {
      Optional<String> range = header(exchange, "Range");
      if (range.isEmpty()) {
        send(exchange, 200, bytes);
        return;
      }
      int from = Integer.parseInt(range.get().replaceAll("[^0-9]", ""));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
      send(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
    };
  }

  /// Announces the whole file and breaks off after `sent` bytes.
  static Answer brokenOff(byte[] bytes, int sent) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, sent);
      exchange.getResponseBody().flush();
    };
  }

  /// Sends some and then nothing, until the server closes.
  Answer stalled(byte[] bytes, int sent) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, sent);
      exchange.getResponseBody().flush();
      awaitClosing();
    };
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Answer redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to);
      send(exchange, 302, new byte[0]);
    };
  }

  static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
    if (!bodiless) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
