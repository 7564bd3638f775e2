package huddle.tunnel;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A port of the operator's loopback whose connections go to one place on a host. Whoever connects
/// reaches that place: it must ask for a credential of its own.
public final class TcpTunnel implements AutoCloseable {
  /// Most connections at once; more wait until one has ended.
  private static final int MOST = 256;

  private final ServerSocket server;
  private final Supplier<Connection.Channel> dial;
  private final Consumer<String> problems;
  private final Semaphore places = new Semaphore(MOST);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TcpTunnel(
      ServerSocket server, Supplier<Connection.Channel> dial, Consumer<String> problems) {
    this.server = server;
    this.dial = dial;
    this.problems = problems;
  }

  /// Listens, and returns.
  ///
  /// @param port 0 for a free one
  /// @param dial makes a channel to the place, or throws a Failure; called by several threads
  /// @param problems hears why a connection was not served
  /// @throws Failure if the port is taken
  public static TcpTunnel open(
      int port, Supplier<Connection.Channel> dial, Consumer<String> problems) {
    TcpTunnel tunnel = new TcpTunnel(LocalPort.listen(port), dial, problems);
    Thread.ofVirtual().name("huddle-tunnel").start(tunnel::accept);
    return tunnel;
  }

  /// The port it listens on.
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        places.acquire();
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      serveOpen(socket);
    } catch (IOException e) {
      // It is closed for whoever used it, all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
      places.release();
    }
  }

  /// Why a connection is not served is said before its client sees that it ended.
  private void serveOpen(Socket socket) throws InterruptedException {
    try {
      socket.setTcpNoDelay(true);
      try (Connection.Channel channel = dial.get()) {
        Pump.join(socket, channel);
      }
    } catch (Failure failure) {
      problems.accept(failure.host().map(host -> host + ": ").orElse("") + failure.what());
    } catch (IOException e) {
      if (!server.isClosed() && !socket.isClosed()) {
        problems.accept(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Listens no more and ends every connection.
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }
}
