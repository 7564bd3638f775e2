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

/// A driver's page before and after its start.
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

  @Test
  void nothingIsAskedBeforeTheDriverHasStarted() {
    assertThat(api.isOpen(4040, false)).isFalse();
    assertThat(api.get(4040, false, LIST)).isEmpty();
    assertThat(driver.asked).isEmpty();
    assertThat(api.get(4040, true, LIST)).contains("[]");
    assertThat(driver.asked).containsExactly(LIST);
  }

  @Test
  void anotherDriverIsAnotherStart() {
    assertThat(api.isOpen(4040, false)).isFalse();
    now = now.plusSeconds(60);
    assertThat(api.isOpen(4041, false)).isFalse();
    assertThat(opened).containsExactly(4040, 4041);
  }

  @Test
  void afterAMinuteItIsAskedAllTheSame() {
    assertThat(api.isOpen(4040, false)).isFalse();
    now = now.plusSeconds(59);
    assertThat(api.isOpen(4040, false)).isFalse();
    now = now.plusSeconds(1);
    assertThat(api.get(4040, false, LIST)).contains("[]");
  }

  @Test
  void whatOpensThePageIsFetchedAgainNowAndThen() {
    driver.answer = "403 Forbidden";
    for (int i = 0; i < 40; i++) {
      assertThat(api.get(4040, true, LIST)).isEmpty();
    }
    assertThat(opened).containsExactly(4040, 4040);
  }

  /// Answers with an empty list and the code that a test says.
  private static final class Driver implements Connection {
    private final List<String> asked = new ArrayList<>();
    private String answer = "200 OK";

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
          return new ByteArrayInputStream(
              ("HTTP/1.1 " + answer + "\r\n\r\n[]").getBytes(StandardCharsets.UTF_8));
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
