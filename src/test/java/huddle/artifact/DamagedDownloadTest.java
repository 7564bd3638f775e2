package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.cluster.Operator;
import huddle.cluster.Operator.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `huddle up` with an index whose download arrives damaged, or never whole: it ends with what
/// happened, changes nothing on the host, keeps nothing of it, and fetches again the next time.
class DamagedDownloadTest {
  private static final String FILE = "/files/pyspark-4.3.0.tar.gz";
  private static final byte[] BYTES = new byte[300_000];

  static {
    new Random(3).nextBytes(BYTES);
  }

  private final TestServer index = new TestServer();
  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void offer() throws IOException {
    Path copy = Files.write(folder.resolve("copy"), BYTES);
    String sha256 = Digest.of("sha256", copy).hex();
    index.text(
        "/simple/pyspark/",
        "text/html",
        "<a href=\"%s#sha256=%s\">pyspark-4.3.0.tar.gz</a>".formatted(FILE, sha256));
    Path home = Files.createDirectory(folder.resolve("home"));
    operator =
        Operator.at(home)
            .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
            .with("UV_DEFAULT_INDEX", index.url("/simple/"));
    operator.write(
        "huddle.yaml",
        """
        name: odd
        master: localhost
        workers: [localhost]
        ports: {master: 17177, masterUi: 18180, worker: 17178, workerUi: 18181}
        """);
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void damagedOnItsWay() throws IOException, InterruptedException {
    byte[] damaged = BYTES.clone();
    damaged[200_000] ^= 1;
    index.file(FILE, damaged);
    failsEachTime("Spark 4.3.0 from localhost:", " is damaged: expected sha256:");
  }

  @Test
  void neverWhole() throws IOException, InterruptedException {
    index.on(FILE, TestServer.brokenOff(BYTES, 1000));
    failsEachTime("cannot fetch Spark 4.3.0 from ", ": it broke off after 1000 of 300000 bytes");
  }

  @Test
  void whatTheIndexOffersIsNoSpark() throws IOException, InterruptedException {
    index.file(FILE, BYTES);
    fails(operator.huddle("up", "--yes"), "Spark 4.3.0");
  }

  @Test
  void interruptedUnderWay() throws IOException, InterruptedException {
    index.on(FILE, index.stalled(BYTES, 1000));
    Operator.Running up = operator.start("up", "--yes");
    while (downloads() == 0) {
      up.awaitText("fetching Spark 4.3.0");
      Thread.sleep(20);
    }
    up.signal("INT");
    Ended ended = up.end();
    assertThat(ended.exit()).as("%s", ended).isEqualTo(130);
    assertThat(ended.err())
        .contains("Interrupted; the same command continues")
        .doesNotContain("failed");
    assertNothingIsLeft();
  }

  private void failsEachTime(String... why) throws IOException, InterruptedException {
    fails(operator.huddle("up", "--yes"), why);
    int fetched = downloads();
    assertThat(fetched).isPositive();
    fails(operator.huddle("up", "--yes"), why);
    assertThat(downloads()).isGreaterThan(fetched);
  }

  private void fails(Ended ended, String... why) throws IOException, InterruptedException {
    assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
    assertThat(ended.err())
        .contains("failed: ", "\n  do: ")
        .contains(why)
        .doesNotContain("Exception", "defect", "\tat ");
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException, InterruptedException {
    // The lock goes with its holder, a moment after it.
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (Files.exists(operator.home().resolve(".huddle")) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    try (Stream<Path> left = Files.list(operator.home())) {
      assertThat(left).containsExactly(operator.home().resolve("huddle.yaml"));
    }
    assertThat(folder.resolve("cache/huddle/spark")).isDirectoryNotContaining("glob:**.receipt");
  }

  private int downloads() {
    return Math.toIntExact(index.requests().stream().filter(r -> r.startsWith(FILE)).count());
  }
}
