package huddle.web;

import com.sun.net.httpserver.HttpServer;
import huddle.event.Failure;
import huddle.tunnel.LocalPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// One address on the operator's loopback for pages of the cluster.
public final class Gateway implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Visitor visitor;

  private Gateway(HttpServer server, ExecutorService threads, Visitor visitor) {
    this.server = server;
    this.threads = threads;
    this.visitor = visitor;
  }

  /// The pages of the Master, and of Workers and drivers below `/proxy/`.
  ///
  /// @param port 0 for a free one
  /// @param problems hears why a page was not served
  public static Gateway pages(int port, ClusterPlaces places, Consumer<String> problems) {
    return open(port, new Route.Page.Master(), places, problems);
  }

  /// The History Server's pages, which have links of their own from `/` on.
  public static Gateway history(int port, ClusterPlaces places, Consumer<String> problems) {
    return open(port, new Route.Page.History(), places, problems);
  }

  static Gateway open(int port, Route.Page home, Places places, Consumer<String> problems) {
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
              BACKLOG);
    } catch (IOException e) {
      throw LocalPort.refused(port, e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Visitor visitor = new Visitor(server.getAddress().getPort(), Visitor.newToken());
    server.setExecutor(threads);
    server.createContext("/", new GatewayHandler(visitor, home, places, problems));
    server.start();
    return new Gateway(server, threads, visitor);
  }

  /// The port it listens on.
  public int port() {
    return visitor.port();
  }

  /// The address that lets a browser in.
  ///
  /// @param path of a page, as it stands in links
  public String url(String path) {
    return "http://127.0.0.1:%d%s%s%s=%s"
        .formatted(
            visitor.port(),
            path,
            path.indexOf('?') < 0 ? "?" : "&",
            Visitor.PARAMETER,
            visitor.token());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /// A Failure as a page.
  static Trouble trouble(Failure failure) {
    return new Trouble(
        502, failure.host().map(host -> host + ": ").orElse("") + failure.what(), failure.remedy());
  }
}
