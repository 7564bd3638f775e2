package huddle.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.ssh.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A visitor without a credential, before real sockets.
class VisitorTest {
  /// Something that listens until the test ends.
  private record Listener(ServerSocket socket) implements AutoCloseable {
    /// @param answers what is sent back to the first bytes of a question
    static Listener that(UnaryOperator<byte[]> answers) throws IOException {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(() -> {
            while (true) {
              try {
                Socket one = socket.accept();
                Thread.ofVirtual()
                    .start(() -> {
                      try (one) {
                        byte[] buffer = new byte[4096];
                        int n = one.getInputStream().read(buffer);
                        one.getOutputStream()
                            .write(answers.apply(Arrays.copyOf(buffer, Math.max(0, n))));
                      } catch (IOException e) {
                        // The visitor has gone.
                      }
                    });
              } catch (IOException e) {
                return;
              }
            }
          });
      return new Listener(socket);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static Answer knock(int port) throws InterruptedException {
    return new Visitor((address, to) ->
        Connection.Channel.of(SocketChannel.open(new InetSocketAddress(address, to))))
        .knock("127.0.0.1", port);
  }

  private static Answer knock(UnaryOperator<byte[]> answers) throws Exception {
    try (Listener listener = Listener.that(answers)) {
      return knock(listener.socket().getLocalPort());
    }
  }

  private static UnaryOperator<byte[]> page(String response) {
    return question ->
        new String(question, StandardCharsets.ISO_8859_1).startsWith("GET ")
            ? response.getBytes(StandardCharsets.ISO_8859_1)
            : new byte[] {};
  }

  /// As Spark frames it: length, kind, number, length of the text, text.
  private static UnaryOperator<byte[]> spark(int kind, String text) {
    return question -> {
      if (question.length < 9 || question[8] != 3) {
        return new byte[] {};
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(21 + body.length)
          .putLong(21 + body.length)
          .put((byte) kind)
          .putLong(1)
          .putInt(body.length)
          .put(body)
          .array();
    };
  }

  @Test
  void aPageIsServedOrNot() throws Exception {
    assertThat(knock(page("HTTP/1.1 200 OK\r\n\r\n<html>")).kind()).isEqualTo(Answer.Kind.ANSWERS);
    assertThat(knock(page("HTTP/1.1 302 Found\r\nLocation: /jobs/\r\n\r\n")).kind())
        .isEqualTo(Answer.Kind.ANSWERS);
    assertThat(knock(page("HTTP/1.1 403 Forbidden\r\n\r\n")).kind()).isEqualTo(Answer.Kind.REFUSES);
    assertThat(knock(page("HTTP/1.1 302 Found\r\nLocation: /login?next=%2F\r\n\r\n")).kind())
        .isEqualTo(Answer.Kind.REFUSES);
  }

  @Test
  void sparkWantsTheSecretOrNot() throws Exception {
    assertThat(
            knock(spark(5, "java.lang.IllegalArgumentException: Unknown challenge message.\n at"))
                .kind())
        .isEqualTo(Answer.Kind.REFUSES);
    assertThat(knock(spark(5, "java.io.StreamCorruptedException: invalid stream header\n")).kind())
        .isEqualTo(Answer.Kind.ANSWERS);
    assertThat(knock(spark(4, "yes")).kind()).isEqualTo(Answer.Kind.ANSWERS);
  }

  @Test
  void aThriftServerLetsNobodyInOrAnybody() throws Exception {
    UnaryOperator<byte[]> refusing =
        question ->
            question.length > 0 && question[0] == 1 ? new byte[] {3, 0, 0, 0, 0} : new byte[] {};
    UnaryOperator<byte[]> open =
        question ->
            question.length > 0 && question[0] == 1 ? new byte[] {5, 0, 0, 0, 0} : new byte[] {};
    assertThat(knock(refusing).kind()).isEqualTo(Answer.Kind.REFUSES);
    assertThat(knock(open).kind()).isEqualTo(Answer.Kind.ANSWERS);
  }

  @Test
  void nothingIsMadeOfSilenceOrOfAnotherProtocol() throws Exception {
    assertThat(knock(question -> new byte[] {}).kind()).isEqualTo(Answer.Kind.SILENT);
    assertThat(knock(question -> "220 mail ready\r\n".getBytes(StandardCharsets.US_ASCII)).kind())
        .isEqualTo(Answer.Kind.OTHER);
  }

  @Test
  void aShutDoorIsShut() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(knock(free).kind()).isEqualTo(Answer.Kind.CLOSED);
  }

  @Test
  void whatIsShownIsPrintable() throws Exception {
    Answer answer = knock(page("HTTP/1.1 200 \u001b[2Jgone\r\n\r\n"));
    assertThat(answer.evidence()).isEqualTo("HTTP/1.1 200 gone");
  }
}
