package huddle.submit;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A driver that attaches its page's handlers one after the other, as a stand-in says.
class DriverApiTest {
  private static final String LIST = "/api/v1/applications";

  private final Driver driver = new Driver();
  private Instant now = Instant.EPOCH.plusSeconds(1000);
  private final List<Integer> opened = new ArrayList<>();
  private final DriverApi api =
      new DriverApi(
          port -> {
            opened.add(port);
            return new Page(driver, port, "");
          },
          () -> now);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK",
        "400 Bad Request",
        "403 Forbidden",
        "404 Not Found",
        "503 Service Unavailable",
        "xxx ",
      })
  void nothingBelowTheApiIsAskedBeforeItHasStarted(String answer) {
    driver.kill = answer;
    assertThat(api.isOpen(4040)).isFalse();
    assertThat(api.get(4040, LIST)).isEmpty();
    assertThat(driver.asked).containsOnly("/jobs/job/kill");
  }

  @ParameterizedTest
  @ValueSource(strings = {"405 Method Not Allowed", "302 Found"})
  void onceItHasStartedItIsAskedAndTheSignNoMore(String answer) {
    driver.kill = "503 Service Unavailable";
    assertThat(api.get(4040, LIST)).isEmpty();
    driver.kill = answer;
    assertThat(api.get(4040, LIST)).contains("[]");
    assertThat(api.get(4040, LIST)).contains("[]");
    assertThat(driver.asked).containsExactly("/jobs/job/kill", "/jobs/job/kill", LIST, LIST);
  }

  @Test
  void anotherDriverIsAnotherStart() {
    driver.kill = "405 Method Not Allowed";
    assertThat(api.isOpen(4040)).isTrue();
    driver.kill = "404 Not Found";
    assertThat(api.isOpen(4041)).isFalse();
  }

  @Test
  void afterAMinuteItIsAskedAllTheSame() {
    driver.kill = "404 Not Found";
    assertThat(api.isOpen(4040)).isFalse();
    now = now.plusSeconds(59);
    assertThat(api.isOpen(4040)).isFalse();
    now = now.plusSeconds(1);
    assertThat(api.get(4040, LIST)).contains("[]");
  }

  @Test
  void whatOpensThePageIsFetchedAgainNowAndThen() {
    driver.kill = "403 Forbidden";
    for (int i = 0; i < 40; i++) {
      assertThat(api.isOpen(4040)).isFalse();
    }
    assertThat(opened).containsExactly(4040, 4040);
  }

  /// Answers what a test says where the last handler will be, and an empty list elsewhere.
  private static final class Driver implements Connection {
    private final List<String> asked = new ArrayList<>();
    private String kill = "";

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
      ByteArrayOutputStream question = new ByteArrayOutputStream();
      return new Channel() {
        @Override
        public InputStream in() {
          String path = question.toString(StandardCharsets.UTF_8).split(" ", -1)[1];
          asked.add(path);
          String answer = path.equals("/jobs/job/kill") ? kill + "\r\n\r\n" : "200 OK\r\n\r\n[]";
          return new ByteArrayInputStream(("HTTP/1.1 " + answer).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream out() {
          return question;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
