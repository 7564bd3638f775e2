package huddle.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.ssh.Connection;
import huddle.ssh.Connectors;
import huddle.ssh.Destination;
import huddle.ssh.SshClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Over this machine's own connection; what ssh adds is in ConnectionContract.
@Timeout(60)
class TcpTunnelTest {
  private static final int MIB = 1 << 20;

  @TempDir Path temporary;
  private Connection connection;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  @BeforeEach
  void connect() {
    connection =
        new Connectors(
                new SshClient("ssh", temporary.resolve("known_hosts"), List.of()),
                Map.of(),
                _ -> {})
            .connect(
                "one",
                new Destination(
                    "localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()));
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private TcpTunnel tunnel(int port) {
    return TcpTunnel.open(0, () -> connection.dial("127.0.0.1", port), problems::add);
  }

  private static Socket client(TcpTunnel tunnel) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), tunnel.port());
  }

  @FunctionalInterface
  private interface Service {
    void serve(Socket socket) throws IOException;
  }

  private static void serveEach(ServerSocket server, Service service) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket socket = server.accept();
              Thread.ofVirtual()
                  .start(() -> {
                    try (socket) {
                      service.serve(socket);
                    } catch (IOException e) {
                      // The test looks at its own side.
                    }
                  });
            }
          } catch (IOException e) {
            // Closed with the test.
          }
        });
  }

  @Test
  void carriesBothWaysAndHalfCloses() throws Exception {
    try (ServerSocket server = server();
        TcpTunnel tunnel = tunnel(server.getLocalPort())) {
      serveEach(
          server,
          socket -> {
            byte[] all = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(all);
          });
      byte[] sent = new byte[2 * MIB];
      new java.util.Random(7).nextBytes(sent);
      try (Socket client = client(tunnel)) {
        client.getOutputStream().write(sent);
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
      }
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void whoDoesNotReadHoldsUpOnlyItself() throws Exception {
    AtomicLong written = new AtomicLong();
    try (ServerSocket server = server();
        TcpTunnel tunnel = tunnel(server.getLocalPort())) {
      serveEach(
          server,
          socket -> {
            if (socket.getInputStream().read() == 'q') {
              socket.getOutputStream().write('Q');
              return;
            }
            OutputStream out = socket.getOutputStream();
            byte[] chunk = new byte[MIB];
            for (int i = 0; i < 256; i++) {
              out.write(chunk);
              written.addAndGet(chunk.length);
            }
          });
      try (Socket lazy = client(tunnel);
          Socket quick = client(tunnel)) {
        lazy.getOutputStream().write('l');
        lazy.getInputStream().read();
        quick.getOutputStream().write('q');
        assertThat(quick.getInputStream().read()).isEqualTo('Q');
        // What one does not read is not piled up: buffers of the kernel are all there is.
        assertThat(written.get()).isLessThan(64L * MIB);
        long rest = lazy.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(rest + 1).isEqualTo(256L * MIB);
      }
    }
  }

  @Test
  void aRefusedPlaceEndsTheConnectionAndIsReported() throws Exception {
    int free;
    try (ServerSocket server = server()) {
      free = server.getLocalPort();
    }
    try (TcpTunnel tunnel = tunnel(free);
        Socket client = client(tunnel)) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("one: 127.0.0.1:" + free + " cannot be reached from there");
  }

  @Test
  void aTakenPortIsASentence() throws Exception {
    try (ServerSocket server = server()) {
      int port = server.getLocalPort();
      assertThatThrownBy(() -> TcpTunnel.open(port, () -> connection.dial("127.0.0.1", 1), _ -> {}))
          .isInstanceOf(Failure.class)
          .hasMessage("port %d of this machine is taken by another program".formatted(port));
    }
  }

  @Test
  void listensOnTheLoopbackOnlyAndClosingEndsAll() throws Exception {
    try (ServerSocket server = server()) {
      CompletableFuture<Integer> first = new CompletableFuture<>();
      CompletableFuture<Integer> heard = new CompletableFuture<>();
      serveEach(
          server,
          socket -> {
            InputStream in = socket.getInputStream();
            first.complete(in.read());
            heard.complete(in.read());
          });
      TcpTunnel tunnel = tunnel(server.getLocalPort());
      try (Socket client = client(tunnel)) {
        client.getOutputStream().write(1);
        // Before that there may be no connection yet that could end.
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        tunnel.close();
        assertThat(endOf(client)).isEqualTo(-1);
      }
      assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThatThrownBy(() -> client(tunnel)).isInstanceOf(IOException.class);
    }
  }

  private static int endOf(Socket client) {
    try {
      return client.getInputStream().read();
    } catch (java.net.SocketException e) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
