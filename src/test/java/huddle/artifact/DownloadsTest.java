package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  private static final byte[] BYTES = new byte[3_000_000];

  static {
    new Random(7).nextBytes(BYTES);
  }

  private final TestServer server = new TestServer();
  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private Path file() {
    return folder.resolve("spark.download");
  }

  private Path part() {
    return folder.resolve("spark.download.part");
  }

  // Made once: reading all certificates takes a while.
  private static final Http HTTP = http(Duration.ofSeconds(20));
  private static final Http IMPATIENT = http(Duration.ofMillis(150));

  private static Http http(Duration stall) {
    return Http.of(
        new OperatorEnvironment(Map.of(), Path.of("/nonexistent")),
        List.of(),
        Optional.empty(),
        stall);
  }

  private static Digest digest(byte[] bytes) throws IOException {
    Path copy = Files.createTempFile("digest", "");
    try {
      Files.write(copy, bytes);
      return Digest.of("sha256", copy);
    } finally {
      Files.delete(copy);
    }
  }

  private Downloads.Wanted wanted(URI uri) throws IOException {
    return new Downloads.Wanted(
        "Spark 4.3.0",
        uri,
        digest(BYTES),
        OptionalLong.of(BYTES.length),
        10_000_000,
        Optional.empty());
  }

  private Downloads.Wanted withoutSize(URI uri) throws IOException {
    Downloads.Wanted known = wanted(uri);
    return new Downloads.Wanted(
        known.what(), uri, known.digest(), OptionalLong.empty(), known.limit(), Optional.empty());
  }

  private void fetch(Downloads.Wanted wanted) {
    fetch(wanted, HTTP, Progress.SILENT);
  }

  private void fetch(Downloads.Wanted wanted, Http http, Progress progress) {
    new Downloads(http, Duration.ZERO).fetch(wanted, file(), progress);
  }

  private Failure failure(Downloads.Wanted wanted) {
    Failure failure = catchThrowableOfType(Failure.class, () -> fetch(wanted));
    assertThat(file()).doesNotExist();
    assertThat(failure.remedy()).isNotEmpty();
    return failure;
  }

  @Test
  void fetchesAndReports() throws Exception {
    server.file("/f", BYTES);
    List<Long> done = new ArrayList<>();
    fetch(
        wanted(server.uri("/f")),
        HTTP,
        (text, bytes, total) -> {
          assertThat(total).isEqualTo(BYTES.length);
          done.add(bytes);
        });
    assertThat(file()).hasBinaryContent(BYTES);
    assertThat(part()).doesNotExist();
    assertThat(done).isSorted().endsWith((long) BYTES.length);
  }

  @Test
  void asksNothingForAFileThatIsThere() throws Exception {
    Files.write(file(), BYTES);
    fetch(wanted(server.uri("/f")));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    server.on(
        "/f", TestServer.inTurn(TestServer.brokenOff(BYTES, 1_000_000), TestServer.file(BYTES)));
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().getLast()).startsWith("/f bytes=").endsWith("-");
  }

  @Test
  void goesOnWhereAnEarlierRunEnded() throws Exception {
    Files.write(part(), Arrays.copyOf(BYTES, 1234));
    server.file("/f", BYTES);
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
    assertThat(server.requests()).containsExactly("/f bytes=1234-");
  }

  @Test
  void startsAgainIfTheServerSendsTheWholeFile() throws Exception {
    Files.write(part(), new byte[1234]);
    server.on("/f", exchange -> TestServer.send(exchange, 200, BYTES));
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
  }

  @Test
  void discardsADamagedPart() throws Exception {
    Files.write(part(), new byte[1234]);
    server.file("/f", BYTES);
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
    assertThat(server.requests()).containsExactly("/f bytes=1234-", "/f");
  }

  @Test
  void discardsAPartThatIsTooLong() throws Exception {
    Files.write(part(), new byte[BYTES.length + 1]);
    server.file("/f", BYTES);
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
  }

  @Test
  void startsAgainIfTheServerDoesNotKnowTheRest() throws Exception {
    Files.write(part(), new byte[1234]);
    server.on("/f", TestServer.inTurn(TestServer.status(416), TestServer.file(BYTES)));
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
  }

  @Test
  void refusesOtherBytes() throws Exception {
    byte[] other = BYTES.clone();
    other[2_000_000] ^= 1;
    server.file("/f", other);
    Failure failure = failure(wanted(server.uri("/f")));
    assertThat(failure.what())
        .startsWith("Spark 4.3.0 from localhost:")
        .contains("is damaged: expected " + digest(BYTES), "got " + digest(other));
    assertThat(part()).doesNotExist();
  }

  @Test
  void saysHowManyBytesCameOfATruncatedFile() throws Exception {
    server.on("/f", TestServer.inTurn(TestServer.brokenOff(BYTES, 1000), TestServer.status(503)));
    assertThat(failure(wanted(server.uri("/f"))).what())
        .startsWith("cannot fetch Spark 4.3.0 from localhost:");
    assertThat(server.requests()).hasSize(3);
    assertThat(part()).as("kept for the next run").exists();
  }

  @Test
  void refusesAFileThatIsShorterThanTheIndexSays() throws Exception {
    server.file("/f", Arrays.copyOf(BYTES, 1000));
    assertThat(failure(wanted(server.uri("/f"))).what())
        .contains("sends a file instead of Spark 4.3.0: expected 3000000 bytes, got 1000");
  }

  @Test
  void refusesAWebPage() throws Exception {
    server.text("/f", "text/html", "<!DOCTYPE html><title>Log in</title>");
    assertThat(failure(wanted(server.uri("/f"))).what()).contains("a web page instead of");
    assertThat(failure(withoutSize(server.uri("/f"))).what()).contains("a web page instead of");
    assertThat(server.requests()).as("another try would not help").hasSize(2);
  }

  @Test
  void takesNoMoreThanTheLimit() throws Exception {
    server.on(
        "/f",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 5; i++) {
            exchange.getResponseBody().write(BYTES);
          }
        });
    assertThat(failure(withoutSize(server.uri("/f"))).what())
        .contains("sends more than the 10000000 bytes of Spark 4.3.0");
    assertThat(Files.size(part())).isLessThanOrEqualTo(10_000_000);
  }

  @Test
  void triesAgainAfterAServersError() throws Exception {
    server.on(
        "/f",
        TestServer.inTurn(TestServer.status(500), TestServer.status(502), TestServer.file(BYTES)));
    fetch(wanted(server.uri("/f")));
    assertThat(file()).hasBinaryContent(BYTES);
  }

  @Test
  void givesUpAfterThreeErrors() throws Exception {
    server.on("/f", TestServer.status(500));
    assertThat(failure(wanted(server.uri("/f"))).what()).contains("it answers with status 500");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void asksOnceForWhatIsNotThere() throws Exception {
    Failure failure = failure(wanted(server.uri("/f")));
    assertThat(failure.what()).contains("does not have Spark 4.3.0 (status 404)");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void givesUpOnAServerThatFallsSilent() throws Exception {
    server.on("/f", server.stalled(BYTES, 1000));
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> fetch(wanted(server.uri("/f")), IMPATIENT, Progress.SILENT));
    assertThat(failure.what()).contains("nothing arrived for");
  }

  @Test
  void countsAServerThatDripsAsSilent() throws Exception {
    server.on(
        "/f",
        exchange -> {
          exchange.sendResponseHeaders(200, BYTES.length);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(BYTES, i, 1);
            exchange.getResponseBody().flush();
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
          }
        });
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> fetch(wanted(server.uri("/f")), IMPATIENT, Progress.SILENT));
    assertThat(failure.what()).contains("nothing arrived for");
  }

  @Test
  void followsRedirectsButKeepsTheLoginToItsServer() throws Exception {
    try (TestServer other = new TestServer()) {
      other.file("/f", BYTES);
      server.on("/f", TestServer.redirect("/g")).on("/g", TestServer.redirect(other.url("/f")));
      Downloads.Wanted plain = wanted(server.uri("/f"));
      fetch(
          new Downloads.Wanted(
              plain.what(),
              plain.uri(),
              plain.digest(),
              plain.size(),
              plain.limit(),
              Optional.of(new Credentials("ada", "s3cret"))));
      assertThat(server.requests())
          .allMatch(request -> request.contains(" Basic YWRhOnMzY3JldA=="));
      assertThat(server.requests()).hasSize(2);
      assertThat(other.requests()).containsExactly("/f");
    }
    assertThat(file()).hasBinaryContent(BYTES);
  }

  @Test
  void givesUpOnEndlessRedirects() throws Exception {
    server.on("/f", TestServer.redirect("/f"));
    assertThat(failure(wanted(server.uri("/f"))).what()).contains("redirects more than 10 times");
  }

  @Test
  void followsNoRedirectAwayFromTheWeb() throws Exception {
    server.on("/f", TestServer.redirect("file:///etc/passwd"));
    assertThat(failure(wanted(server.uri("/f"))).what()).contains("no web address");
  }

  @Test
  void saysThatANameDoesNotResolve() throws Exception {
    assertThat(failure(wanted(URI.create("http://nothing.invalid/f"))).what())
        .isEqualTo("cannot fetch Spark 4.3.0 from nothing.invalid: its name does not resolve");
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                new Downloads(HTTP, Duration.ZERO)
                    .fetch(
                        wanted(server.uri("/f")), folder.resolve("file/below"), Progress.SILENT));
    assertThat(failure.what()).startsWith("cannot write ");
    assertThat(failure.remedy()).contains("XDG_CACHE_HOME");
  }
}
