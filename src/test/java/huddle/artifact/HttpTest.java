package huddle.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import huddle.event.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTest {
  @TempDir Path folder;

  private Http http(Map<String, String> variables, List<Path> certificates) {
    return Http.of(
        new OperatorEnvironment(variables, folder),
        certificates,
        Optional.empty(),
        Duration.ofSeconds(10));
  }

  private static String get(Http http, URI uri) {
    return WebPage.get(http, uri, Map.of(), Optional.empty(), "the page").text();
  }

  private void keytool(String... words) {
    List<String> line = new java.util.ArrayList<>();
    line.add(System.getProperty("java.home") + "/bin/keytool");
    line.addAll(List.of(words));
    line.addAll(List.of("-keystore", folder.resolve("keys").toString(), "-storepass", "changeit"));
    assertThat(new LocalCommands(Map.of()).run(line, Duration.ofMinutes(1)))
        .hasValueSatisfying(ended -> assertThat(ended.exit()).isZero());
  }

  @Test
  void trustsTheCompanysCertificates() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost");
    Path pem = folder.resolve("company.pem");
    keytool("-exportcert", "-rfc", "-alias", "a", "-file", pem.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys"))) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            TestServer.send(exchange, 200, new byte[] {'o', 'k'});
          }
        });
    server.start();
    try {
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      Failure failure =
          catchThrowableOfType(Failure.class, () -> get(http(Map.of(), List.of()), uri));
      assertThat(failure.what()).contains("its certificate is not trusted");
      assertThat(failure.remedy()).contains("SSL_CERT_FILE");
      assertThat(get(http(Map.of("SSL_CERT_FILE", pem.toString()), List.of()), uri))
          .isEqualTo("ok");
      assertThat(get(http(Map.of(), List.of(pem)), uri)).isEqualTo("ok");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysThatACertificateFileCannotBeRead() throws Exception {
    Path junk = Files.writeString(folder.resolve("junk.pem"), "-----BEGIN CERTIFICATE-----\nx");
    for (Path bad : List.of(junk, folder.resolve("missing.pem"))) {
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> http(Map.of("PIP_CERT", bad.toString()), List.of()));
      assertThat(failure.what()).isEqualTo("cannot read the certificates in " + bad);
    }
  }

  @Test
  void goesThroughTheProxyThatTheEnvironmentNames() {
    try (TestServer proxy = new TestServer()) {
      proxy.text("/page", "text/plain", "by proxy");
      Map<String, String> variables = new HashMap<>();
      variables.put("http_proxy", proxy.url("/"));
      variables.put("NO_PROXY", ".example.com,other.example.org");
      Http http = http(variables, List.of());
      assertThat(get(http, URI.create("http://mirror.example.org/page"))).isEqualTo("by proxy");
      assertThat(proxy.requests()).containsExactly("http://mirror.example.org/page");
    }
  }

  @Test
  void choosesProxiesAsCurlDoes() {
    URI proxied = URI.create("https://mirror.example.org/simple/");
    Map<String, String> variables =
        Map.of(
            "HTTPS_PROXY", "http://ada:s3cret@proxy.example.net:3128",
            "HTTP_PROXY", "plain.example.net",
            "no_proxy", "localhost, .inside.example.org,10.0.0.7:81");
    Proxies proxies = new Proxies(new OperatorEnvironment(variables, folder), Optional.empty());
    assertThat(proxies.address(proxied).map(URI::getHost)).contains("proxy.example.net");
    assertThat(proxies.address(URI.create("http://x.org/")).map(URI::getHost))
        .contains("plain.example.net");
    for (String direct :
        List.of(
            "http://localhost:8080/",
            "https://a.inside.example.org/",
            "https://inside.example.org/",
            "http://10.0.0.7:81/")) {
      assertThat(proxies.address(URI.create(direct))).as(direct).isEmpty();
    }
    assertThat(proxies.address(URI.create("http://10.0.0.7/"))).isPresent();
    assertThat(proxies.authenticator()).isPresent();
    assertThat(
            new Proxies(
                    new OperatorEnvironment(Map.of("no_proxy", "*"), folder),
                    Optional.of("http://p.example.net"))
                .address(proxied))
        .isEmpty();
  }

  // The proxy answers the login in a CONNECT with a status of its own; that is all this asks of it.
  private static void serve(ServerSocket proxy) {
    try {
      while (true) {
        try (Socket socket = proxy.accept()) {
          BufferedReader in =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
          List<String> head = in.lines().takeWhile(line -> !line.isEmpty()).toList();
          boolean login = head.contains("Proxy-Authorization: Basic YWRhOnMzY3JldA==");
          String status = login ? "418 Logged in" : "407 Log in";
          String answer =
              String.join(
                  "\r\n",
                  "HTTP/1.1 " + status,
                  "Proxy-Authenticate: Basic realm=x",
                  "Content-Length: 0",
                  "",
                  "");
          socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void logsInToAProxyForHttps() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(proxy));
      Http http =
          http(
              Map.of("HTTPS_PROXY", "http://ada:s3cret@localhost:" + proxy.getLocalPort()),
              List.of());
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> get(http, URI.create("https://mirror.example.org/page")));
      assertThat(failure.what())
          .contains("the proxy answers with status 418")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void boundsAPage() {
    try (TestServer server = new TestServer()) {
      server.on(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 20];
            for (int i = 0; i < 40; i++) {
              exchange.getResponseBody().write(chunk);
            }
          });
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> get(http(Map.of(), List.of()), server.uri("/")));
      assertThat(failure.what()).contains("sends an answer of more than 32 MiB");
    }
  }
}
