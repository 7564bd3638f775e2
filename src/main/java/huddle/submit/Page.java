package huddle.submit;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of Spark's, of a driver or the Master, on the loopback of its host: the one place that
/// asks them anything. Answers are bounded in size and time.
///
/// @param header a line that lets the question in, such as `Authorization: …`; may be empty
public record Page(Connection connection, int port, String header) {
  private static final int LIMIT = 4 << 20;
  private static final Pattern CSRF_TOKEN =
      Pattern.compile("name=\"csrfToken\" value=\"([0-9A-Za-z-]{1,128})\"");
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /// The answer's text; empty if there is none, or another code than 200.
  public Optional<String> get(String path) {
    return ask("GET " + path, "")
        .filter(answer -> answer.startsWith("200", 9))
        .flatMap(answer -> {
          int end = answer.indexOf("\r\n\r\n");
          return end < 0 ? Optional.empty() : Optional.of(answer.substring(end + 4));
        });
  }

  /// Whether a form was taken. From 4.3 on Spark takes none without the token that its forms carry.
  ///
  /// @param at path of the page that has the form
  public boolean post(String at, String path, String form) {
    String token =
        get(at)
            .map(CSRF_TOKEN::matcher)
            .filter(Matcher::find)
            .map(found -> "&csrfToken=" + found.group(1))
            .orElse("");
    return ask("POST " + path, form + token)
        .filter(answer -> answer.startsWith("200", 9) || answer.startsWith("302", 9))
        .isPresent();
  }

  private Optional<String> ask(String what, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String question =
        "%s HTTP/1.0\r\nHost: 127.0.0.1:%d\r\n%s%s\r\n"
            .formatted(
                what,
                port,
                header.isEmpty() ? "" : header + "\r\n",
                body.isEmpty()
                    ? ""
                    : "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + content.length
                        + "\r\n");
    try (Connection.Channel channel = connection.dial("127.0.0.1", port)) {
      channel.out().write(question.getBytes(StandardCharsets.UTF_8));
      channel.out().write(content);
      channel.out().flush();
      CompletableFuture<String> answer = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> read(channel.in(), answer));
      return Optional.of(answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS))
          .filter(text -> text.startsWith("HTTP/1.") && text.length() > 12);
    } catch (IOException | Failure | ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void read(InputStream in, CompletableFuture<String> answer) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0 && all.size() < LIMIT; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
      answer.complete(all.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
