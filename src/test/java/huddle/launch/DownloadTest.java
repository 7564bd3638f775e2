package huddle.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import huddle.launch.Checkout.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a server that answers as the Adoptium API does.
class DownloadTest {
  private static final String GET =
      "search_jdk() { return 1; }\nfind_jdk; echo \"$JDK $JDK_VERSION\"";

  @TempDir Path temp;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Checkout checkout;
  private byte[] archive = new byte[0];
  private String checksum = "";

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          asked.add(path);
          byte[] answer = path.contains("/assets/") ? assets() : archive;
          exchange.sendResponseHeaders(200, answer.length);
          try (var body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.start();
    checkout =
        Checkout.at(temp.resolve("checkout"))
            .with("HUDDLE_JAVA_HOME", null)
            .with("HUDDLE_ADOPTIUM", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    offer("25.0.5");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private byte[] assets() {
    return """
    [ { "binary": { "architecture": "x64", "package": {
          "checksum": "%s",
          "checksum_link": "https://example.org/x.tar.gz.sha256.txt",
          "name": "x.tar.gz", "size": 1 } },
        "release_name": "jdk-25.0.5+1" } ]
    """
        .formatted(checksum)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void offer(String version) throws Exception {
    Path jdk = Checkout.jdk(temp.resolve("offer/jdk-25.0.5+1"), version);
    Path file = temp.resolve("offer.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", file.toString(), jdk.getFileName().toString())
            .directory(jdk.getParent().toFile())
            .start();
    assertThat(tar.waitFor()).isZero();
    archive = Files.readAllBytes(file);
    checksum = digest(archive);
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private List<String> kept() throws IOException {
    try (var files = Files.list(checkout.cache().resolve("jdk"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "curl", "curl wget"})
  void isCheckedUnpackedAndKept(String missing) throws Exception {
    // With curl, without it with wget, and with neither with python3.
    String has =
        "has() { case ' %s ' in *\" $1 \"*) return 1 ;; esac; command -v \"$1\" >/dev/null; }\n"
            .formatted(missing);
    Ended ended = checkout.shell(has + GET);
    Path expected = checkout.cache().resolve("jdk/temurin-25.0.5");
    assertThat(ended.out()).as(ended.err()).isEqualTo(expected + " 25.0.5\n");
    assertThat(asked)
        .hasSize(2)
        .anyMatch(path -> path.startsWith("/v3/assets/latest/25/hotspot?architecture="))
        .anyMatch(path -> path.matches("/v3/binary/latest/25/ga/.*/jdk/hotspot/normal/eclipse"));
    assertThat(kept()).containsExactly("temurin-25.0.5");

    checkout.shell(GET);
    assertThat(asked).hasSize(2);
  }

  @Test
  void anotherChecksumIsRefusedBeforeAnythingIsUnpacked() throws Exception {
    checksum = digest(new byte[] {1});
    Ended ended = checkout.shell(GET);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("is not what its checksum says").contains("thrown away");
    assertThat(kept()).isEmpty();
  }

  @Test
  void halfADownloadIsRefused() throws Exception {
    archive = java.util.Arrays.copyOf(archive, archive.length / 2);
    assertThat(checkout.shell(GET).err()).contains("is not what its checksum says");
    assertThat(kept()).isEmpty();
  }

  @Test
  void anAnswerWithoutChecksumIsRefused() throws Exception {
    checksum = "not a digest";
    assertThat(checkout.shell(GET).err()).contains("names no checksum of Temurin");
    assertThat(asked).hasSize(1);
    assertThat(kept()).isEmpty();
  }

  @Test
  void anArchiveThatHoldsNoSuitableJdkIsRefused() throws Exception {
    offer("21.0.9");
    assertThat(checkout.shell(GET).err()).contains("is not a JDK 25");
    archive = "no archive".getBytes(StandardCharsets.UTF_8);
    checksum = digest(archive);
    assertThat(checkout.shell(GET).err()).contains("could not be unpacked");
    assertThat(kept()).isEmpty();
  }

  @Test
  void anUnknownPlatformIsSaid() throws Exception {
    assertThat(checkout.shell("uname() { echo riscv64; }\n" + GET).err())
        .contains("none is offered for riscv64")
        .hasLineCount(1);
  }
}
