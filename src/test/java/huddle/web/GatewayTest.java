package huddle.web;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.ssh.Connection;
import huddle.ssh.Connectors;
import huddle.ssh.Destination;
import huddle.ssh.SshClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real gateway before a page that answers what a test says, byte for byte.
@Timeout(60)
class GatewayTest {
  @TempDir Path temporary;
  private ServerSocket page;
  private Connection connection;
  private Gateway gateway;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> forgotten = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @BeforeEach
  void open() throws IOException {
    page = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answerAll);
    connection =
        new Connectors(
                new SshClient("ssh", temporary.resolve("known_hosts"), List.of()),
                Map.of(),
                _ -> {})
            .connect(
                "one",
                new Destination(
                    "localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()));
    gateway = Gateway.open(0, new Route.Page.Master(), new OnePlace(), problems::add);
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    connection.close();
    page.close();
  }

  private final class OnePlace implements Places {
    @Override
    public Place find(Route.Page of) {
      if (of instanceof Route.Page.Driver) {
        throw Failure.on("one", "no driver of <app> runs", "look elsewhere");
      }
      return new Place(connection, page.getLocalPort(), Optional.of("Bearer for.the.page"));
    }

    @Override
    public void forget(Route.Page of) {
      forgotten.add(of.toString());
    }
  }

  private void answerAll() {
    try {
      while (true) {
        Socket socket = page.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                asked.add(request(socket.getInputStream()));
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
              } catch (IOException e) {
                // The gateway has gone.
              }
            });
      }
    } catch (IOException e) {
      // Closed with the test.
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    while (all.indexOf("\r\n\r\n") < 0) {
      all.append((char) in.read());
    }
    int at = all.indexOf("Content-Length: ");
    if (at >= 0) {
      int length = Integer.parseInt(all.substring(at + 16, all.indexOf("\r\n", at)));
      all.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  private String token() {
    String url = gateway.url("/");
    return url.substring(url.indexOf('=') + 1);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private String base() {
    return "http://127.0.0.1:" + gateway.port();
  }

  private String[] cookie() {
    return new String[] {"Cookie", "a=b; huddle-%d=%s".formatted(gateway.port(), token())};
  }

  @Test
  void theAddressServesThePageAndKeepsItsTokenToItself() throws Exception {
    HttpResponse<String> response = get(gateway.url("/a?b=c").substring(base().length()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello");
    assertThat(asked.getFirst())
        .startsWith("GET /a?b=c HTTP/1.1\r\n")
        .contains("Authorization: Bearer for.the.page\r\n")
        .contains("Host: 127.0.0.1:" + page.getLocalPort() + "\r\n")
        .doesNotContain(token());
  }

  @Test
  void aBrowserGetsACookieAndAnAddressWithoutTheToken() throws Exception {
    HttpResponse<String> response =
        get(gateway.url("/jobs/?id=1").substring(base().length()), "Sec-Fetch-Dest", "document");
    assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
        .isEqualTo(
            "huddle-%d=%s; HttpOnly; SameSite=Strict; Path=/".formatted(gateway.port(), token()));
    assertThat(response.body()).contains("content=\"0;url=/jobs/?id=1\"").doesNotContain(token());
    assertThat(asked).isEmpty();
  }

  @Test
  void aProgramThatKeepsCookiesFollowsLinks() throws Exception {
    HttpResponse<String> page = get("/?huddle=" + token());
    assertThat(page.statusCode()).isEqualTo(200);
    String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    assertThat(get("/jobs/", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(get("/jobs/", cookie()).headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void theCookieLetsInAndStaysHere() throws Exception {
    HttpResponse<String> response = get("/jobs/", cookie());
    assertThat(response.body()).isEqualTo("hello");
    assertThat(asked.getFirst()).doesNotContainIgnoringCase("cookie").doesNotContain(token());
  }

  @Test
  void whoeverElseIsRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(403);
    assertThat(get("/?huddle=" + "0".repeat(48)).statusCode()).isEqualTo(403);
    // The cookie of another gateway at the same name.
    assertThat(get("/", "Cookie", "huddle-1=" + token()).statusCode()).isEqualTo(403);
    assertThat(get("/", "Authorization", "Bearer x").statusCode()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  /// What another name for 127.0.0.1 brings: raw, since a client sets Host by itself.
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:%d", "127.0.0.1", "127.0.0.1:1"})
  void anotherNameIsRefused(String host) throws Exception {
    String answered =
        raw(
            "GET /?huddle=%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(token(), host.formatted(gateway.port())));
    assertThat(answered).startsWith("HTTP/1.1 421 ");
    assertThat(asked).isEmpty();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    String one =
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s: %s\r\n"
            .formatted(gateway.port(), cookie()[0], cookie()[1]);
    String answered = raw(one + "\r\n" + one + "Connection: close\r\n\r\n");
    assertThat(answered.split("hello", -1)).hasSize(3);
    assertThat(asked).hasSize(2);
  }

  @Test
  void chunksAndUnboundedBodiesArriveWhole() throws Exception {
    String text = "0123456789".repeat(10_000);
    answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x;x=y\r\n%s\r\n3\r\nend\r\n0\r\nA: b\r\n\r\n"
            .formatted(text.length(), text);
    assertThat(get("/", cookie()).body()).isEqualTo(text + "end");
    answer = "HTTP/1.0 200 OK\r\n\r\n" + text;
    assertThat(get("/", cookie()).body()).isEqualTo(text);
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    assertThat(get("/", cookie()).body()).isEmpty();
  }

  @Test
  void headAndPostAndNothingElse() throws Exception {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\n";
    HttpResponse<String> head =
        send(HttpRequest.newBuilder(URI.create(base() + "/")).HEAD().headers(cookie()).build());
    assertThat(head.headers().firstValue("X-A")).contains("b");
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(5);
    answer =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\n\r\n"
            .formatted(page.getLocalPort());
    HttpResponse<String> post =
        send(
            HttpRequest.newBuilder(URI.create(base() + "/proxy/worker-1-a-1/kill/"))
                .POST(HttpRequest.BodyPublishers.ofString("id=1&terminate=true"))
                .headers(cookie())
                .build());
    assertThat(post.statusCode()).isEqualTo(302);
    assertThat(post.headers().firstValue("Location")).contains("/proxy/worker-1-a-1/");
    assertThat(asked.getLast()).startsWith("POST /kill/ ").endsWith("\r\n\r\nid=1&terminate=true");
    HttpResponse<String> put =
        send(
            HttpRequest.newBuilder(URI.create(base() + "/"))
                .PUT(HttpRequest.BodyPublishers.ofString("x"))
                .headers(cookie())
                .build());
    assertThat(put.statusCode()).isEqualTo(405);
  }

  @Test
  void aPageMaySetNeitherCookiesNorLeadAway() throws Exception {
    answer =
        "HTTP/1.1 302 Found\r\nSet-Cookie: huddle-%d=mine\r\nRefresh: 0;url=http://evil/\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n"
            .formatted(gateway.port());
    HttpResponse<String> response = get("/", cookie());
    assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "location", "refresh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b",
        ""
      })
  void whatIsNoAnswerIsSaid(String said) throws Exception {
    answer = said;
    HttpResponse<String> response = get("/", cookie());
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("The page does not answer");
    assertThat(forgotten).isNotEmpty();
    assertThat(problems).isNotEmpty();
  }

  @Test
  void aHeadWithoutEndIsNotKept() throws Exception {
    answer = "HTTP/1.1 200 OK\r\n" + "A: bbbbbbbbbbbbbb\r\n".repeat(100_000);
    assertThat(get("/", cookie()).body()).contains("the head of its answer is too long");
  }

  @Test
  void anAnswerThatIsCutOffIsNotTakenForWhole() throws Exception {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> get("/", cookie()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPageThatIsNotThereIsSaidAndEscaped() throws Exception {
    HttpResponse<String> response = get("/proxy/app-1/", cookie());
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body())
        .contains("one: no driver of &lt;app&gt; runs")
        .contains("look elsewhere");
  }
}
