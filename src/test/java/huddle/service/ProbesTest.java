package huddle.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What is asked of services, and what counts as an answer.
class ProbesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  /// A server that reads so many bytes, then answers; returns what it read.
  private static String asked(Probe probe, int reads, String answerHex)
      throws IOException, InterruptedException {
    StringBuilder read = new StringBuilder();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Connection connection = ThisMachine.as("one")) {
      Thread serving =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = server.accept()) {
                  read.append(HexFormat.of().formatHex(socket.getInputStream().readNBytes(reads)));
                  socket.getOutputStream().write(HexFormat.of().parseHex(answerHex));
                  socket.getOutputStream().flush();
                } catch (IOException e) {
                  read.append(e);
                }
              });
      try {
        probe.ask(() -> connection.dial("127.0.0.1", server.getLocalPort()), "one", BOUND);
      } finally {
        serving.join(BOUND);
      }
    }
    return read.toString();
  }

  @Test
  void aConnectServerSaysItsSettings() throws Exception {
    String asked = asked(new ConnectProbe(), 33, "000006040000000000" + "000300000064");
    assertThat(asked).startsWith(HexFormat.of().formatHex("PRI * HTTP/2.0".getBytes(UTF_8)));
  }

  @Test
  void anotherServerAtItsPortIsNone() {
    assertThatThrownBy(() ->
            asked(
                new ConnectProbe(),
                33,
                HexFormat.of().formatHex("HTTP/1.1 400 Bad".getBytes(UTF_8))))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.what())
                    .isEqualTo("what listens at the Connect server's port is none"));
  }

  @Test
  void aThriftServerIsLoggedInto() throws Exception {
    String asked = asked(new ThriftProbe("me", "xyz"), 22, "0500000000");
    assertThat(asked)
        .isEqualTo(
            "0100000005"
                + HexFormat.of().formatHex("PLAIN".getBytes(UTF_8))
                + "0200000007"
                + HexFormat.of().formatHex("\0me\0xyz".getBytes(UTF_8)));
  }

  @Test
  void aThriftServerThatRefusesItsTokenIsSaid() {
    assertThatThrownBy(() -> asked(new ThriftProbe("me", "xyz"), 22, "0300000000"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.what())
                    .isEqualTo("the thrift server does not take its own token"));
    assertThat(new ThriftProbe("me", "xyz").toString()).doesNotContain("xyz");
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
}
