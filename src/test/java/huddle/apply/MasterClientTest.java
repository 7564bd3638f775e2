package huddle.apply;

import static huddle.change.HostShell.await;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spark.MasterState;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a real socket that answers as a test says.
class MasterClientTest {
  private static final String ALIVE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/json\r\n\r\n{\"url\":\"spark://10.0.0.1:7077\",\"status\":\"ALIVE\",\"workers\":[]}";

  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private String secret = "a.b.c";
  private boolean ours = true;

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answerAll);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void answerAll() {
    while (true) {
      try (Socket socket = server.accept()) {
        requests.add(request(socket.getInputStream()));
        String answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        if (answer.equals("silence")) {
          socket.getInputStream().readAllBytes();
        } else {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    while (all.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      all.append((char) b);
    }
    return all.toString();
  }

  private PageCredential.Doors doors() {
    return new PageCredential.Doors(
        Optional.of("Bearer " + secret), Set.of(ours ? server.getLocalPort() : 1));
  }

  private MasterClient client(Duration patience) {
    return new MasterClient(new Dialing(), this::doors, server.getLocalPort(), patience);
  }

  private MasterClient client() {
    return client(Duration.ofSeconds(10));
  }

  @Test
  void readsTheMastersState() {
    answers.add(ALIVE);
    assertThat(client().state().map(MasterState::url)).contains("spark://10.0.0.1:7077");
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("GET /json/ HTTP/1.0\r\n")
        .contains("\r\nAuthorization: Bearer a.b.c\r\n");
  }

  @Test
  void whoeverElseTookThePortGetsNoCredential() {
    ours = false;
    answers.add("HTTP/1.1 403 Forbidden\r\n\r\n");
    assertThat(client().state()).isEmpty();
    assertThat(requests).isNotEmpty().noneMatch(request -> request.contains("Authorization"));
  }

  @Test
  void anotherSecretIsReadAnew() throws Exception {
    answers.add(ALIVE);
    MasterClient client = client();
    assertThat(client.state()).isPresent();
    secret = "d.e.f";
    answers.addAll(0, List.of("HTTP/1.1 403 Forbidden\r\n\r\n"));
    await("a question with the new one", () -> client.state().isPresent() && requests.size() > 2);
    assertThat(requests.getLast()).contains("\r\nAuthorization: Bearer d.e.f\r\n");
  }

  @Test
  void aPageThatIsNotReadyYetIsAskedAgain() throws Exception {
    answers.addAll(List.of("HTTP/1.1 404 Not Found\r\n\r\n", "HTTP/1.1 503 Busy\r\n\r\n", ALIVE));
    MasterClient client = client();
    assertThat(client.state()).isEmpty();
    await("the Master", () -> client.state().isPresent());
  }

  @Test
  void manyWhoWaitShareAnAnswer() {
    answers.add(ALIVE);
    MasterClient client = client();
    for (int i = 0; i < 50; i++) {
      client.state();
    }
    assertThat(requests).hasSizeLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n<html>Spark Master</html>",
        "HTTP/1.1 200 OK\r\n\r\n{\"url\": 7, \"status\": \"ALIVE\"}",
        "HTTP/1.1 200 OK\r\n\r\n{\"url\": \"spark://",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n{\"url\":\"u\",\"status\":\"ALIVE\"}",
      })
  void garbageIsNoMaster(String answer) {
    answers.add(answer);
    assertThat(client().state()).isEmpty();
  }

  @Test
  void whoeverSaysNothingIsNoMaster() {
    answers.add("silence");
    assertThat(client(Duration.ofMillis(200)).state()).isEmpty();
  }

  @Test
  void nobodyThereIsNoMaster() throws Exception {
    server.close();
    assertThat(client().state()).isEmpty();
  }

  /// A connection that only dials.
  private static final class Dialing implements Connection {
    @Override
    public String host() {
      return "one";
    }

    @Override
    public Output run(Script script, Bytes input, Duration bound) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Session start(Script script) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Channel dialSocket(String path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Channel dial(String address, int port) {
      try {
        return Channel.of(SocketChannel.open(new InetSocketAddress(address, port)));
      } catch (IOException e) {
        throw Failure.on("one", "refused", "");
      }
    }

    @Override
    public void close() {}
  }
}
