package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import huddle.spec.SparkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSourceTest {
  private static final Http HTTP =
      Http.of(new OperatorEnvironment(Map.of(), Path.of("/nonexistent")));

  private final TestServer server = new TestServer();
  private boolean down;
  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private Cache cache() {
    return new Cache(folder.resolve("cache"));
  }

  private SparkSource index() {
    return new IndexSparkSource(
        () -> {
          assertThat(down).as("the network is not to be asked").isFalse();
          return new PythonIndex(
              new IndexAddress(
                  server.uri("/simple/"),
                  Optional.empty(),
                  "PIP_INDEX_URL",
                  List.of(),
                  Optional.empty()),
              HTTP,
              Duration.ZERO);
        },
        cache());
  }

  private static String hex(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  private String publish(String version, byte[] sdist) throws Exception {
    String sha256 = hex("SHA-256", sdist);
    server.file("/files/pyspark.tar.gz", sdist);
    server.text(
        "/simple/pyspark/",
        "application/json",
        """
        {"files":[{"filename":"pyspark-%s.tar.gz","url":"/files/pyspark.tar.gz",
          "hashes":{"sha256":"%s"},"size":%d}]}
        """
            .formatted(version, sha256, sdist.length));
    return sha256;
  }

  private List<String> inCache() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/spark"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void fetchesOnceAndThenNeedsNoNetwork() throws Exception {
    String sha256 = publish("4.3.0", FakeSpark.sdist("4.3.0").tarGz());
    SparkSource source = index();
    assertThat(source.newestCached()).isEmpty();
    assertThat(source.newest()).isEqualTo("4.3.0");
    assertThat(source.cached("4.3.0")).isEmpty();
    assertThat(source.identity("4.3.0")).isEqualTo("pypi sha256:" + sha256);
    SparkBundle bundle = source.fetch("4.3.0", Progress.SILENT);
    assertThat(bundle)
        .isEqualTo(
            new SparkBundle(
                "4.3.0",
                "pypi sha256:" + sha256,
                folder.resolve("cache/spark/spark-4.3.0.tar"),
                Files.size(bundle.tar())));
    assertThat(inCache())
        .as("the package is gone")
        .containsExactly("spark-4.3.0.tar", "spark-4.3.0.tar.lock", "spark-4.3.0.tar.receipt");
    assertThat(cache().find("spark", "spark-4.3.0.tar").map(Cache.Stored::sha256))
        .contains(hex("SHA-256", Files.readAllBytes(bundle.tar())));

    down = true;
    SparkSource later = index();
    assertThat(later.cached("4.3.0")).contains(bundle);
    assertThat(later.newestCached()).contains(bundle);
    assertThat(later.identity("4.3.0")).isEqualTo(bundle.identity());
    assertThat(later.fetch("4.3.0", Progress.SILENT)).isEqualTo(bundle);
  }

  @Test
  void makesAgainWhatIsNotWhole() throws Exception {
    publish("4.3.0", FakeSpark.sdist("4.3.0").tarGz());
    SparkBundle bundle = index().fetch("4.3.0", Progress.SILENT);
    byte[] whole = Files.readAllBytes(bundle.tar());
    Files.write(bundle.tar(), Arrays.copyOf(whole, 1000));
    assertThat(index().cached("4.3.0")).isEmpty();
    assertThat(index().fetch("4.3.0", Progress.SILENT)).isEqualTo(bundle);
    assertThat(bundle.tar()).hasBinaryContent(whole);
    Files.writeString(folder.resolve("cache/spark/spark-4.3.0.tar.receipt"), "identity=x\u0000\n");
    assertThat(index().cached("4.3.0")).isEmpty();
    assertThat(index().fetch("4.3.0", Progress.SILENT)).isEqualTo(bundle);
  }

  @Test
  void fetchesOnceForTwoAtTheSameTime() throws Exception {
    publish("4.3.0", FakeSpark.sdist("4.3.0").tarGz());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SparkBundle>> both = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        both.add(threads.submit(() -> index().fetch("4.3.0", Progress.SILENT)));
      }
      for (Future<SparkBundle> one : both) {
        assertThat(one.get()).isEqualTo(both.getFirst().get());
      }
    }
    assertThat(server.requests()).filteredOn(r -> r.startsWith("/files/")).hasSize(1);
  }

  @Test
  void leavesNothingBehindThatCountsAfterADamagedPackage() throws Exception {
    byte[] sdist = FakeSpark.sdist("4.2.1").tarGz();
    publish("4.3.0", sdist);
    Failure failure =
        catchThrowableOfType(Failure.class, () -> index().fetch("4.3.0", Progress.SILENT));
    assertThat(failure.what()).contains("is Spark 4.2.1, not 4.3.0");
    assertThat(index().cached("4.3.0")).isEmpty();
    assertThat(inCache()).noneMatch(name -> name.endsWith(".part") || name.endsWith(".tar"));
  }

  private SparkSource apache() {
    return new ApacheSparkSource(
        List.of(server.uri("/mirror/"), server.uri("/archive/")), Optional.empty(), HTTP, cache());
  }

  @Test
  void takesApachesReleaseFromTheArchiveIfTheMirrorHasItNoLonger() throws Exception {
    byte[] tgz = FakeSpark.release("4.2.1").tarGz();
    String name = "spark-4.2.1-bin-hadoop3.tgz";
    String sha512 = hex("SHA-512", tgz);
    server.text(
        "/mirror/",
        "text/html",
        "<a href=\"spark-4.3.0/\">spark-4.3.0/</a> <a href=\"spark-3.5.9/\">spark-3.5.9/</a>");
    server.text("/archive/spark-4.2.1/" + name + ".sha512", "text/plain", sha512 + "  " + name);
    server.file("/archive/spark-4.2.1/" + name, tgz);
    assertThat(apache().newest()).isEqualTo("4.3.0");
    assertThat(apache().identity("4.2.1")).isEqualTo("apache sha512:" + sha512);
    SparkBundle bundle = apache().fetch("4.2.1", Progress.SILENT);
    assertThat(bundle.identity()).isEqualTo("apache sha512:" + sha512);
    assertThat(apache().cached("4.2.1")).contains(bundle);
    assertThat(index().cached("4.2.1")).as("another source").isEmpty();
    assertThat(catchThrowableOfType(Failure.class, () -> apache().identity("4.0.0")).what())
        .contains("does not have the checksum of Spark 4.0.0");
  }

  private void publishRelease(byte[] tgz, String signature, String keys) throws Exception {
    String name = "spark-4.2.1-bin-hadoop3.tgz";
    server.text("/archive/spark-4.2.1/" + name + ".sha512", "text/plain", hex("SHA-512", tgz));
    server.file("/archive/spark-4.2.1/" + name, tgz);
    server.text("/archive/spark-4.2.1/" + name + ".asc", "text/plain", signature);
    server.text("/archive/KEYS", "text/plain", keys);
  }

  @Test
  void takesAReleaseThatOneOfItsManagersSigned() throws Exception {
    byte[] tgz = FakeSpark.release("4.2.1").tarGz();
    OpenPgp manager = OpenPgp.made();
    publishRelease(tgz, manager.sign(tgz), OpenPgp.made().publicKey() + manager.publicKey());
    assertThat(apache().fetch("4.2.1", Progress.SILENT).identity()).startsWith("apache sha512:");
  }

  @Test
  void refusesAReleaseThatSomebodyElseSignedAndKeepsNothingOfIt() throws Exception {
    byte[] tgz = FakeSpark.release("4.2.1").tarGz();
    publishRelease(tgz, OpenPgp.made().sign(tgz), OpenPgp.made().publicKey());
    Failure failure =
        catchThrowableOfType(Failure.class, () -> apache().fetch("4.2.1", Progress.SILENT));
    assertThat(failure.what())
        .isEqualTo(
            "the signature of Spark 4.2.1 does not hold: none of the keys of its release managers made it");
    assertThat(apache().cached("4.2.1")).isEmpty();
    assertThat(inCache()).noneMatch(name -> name.endsWith(".part") || name.contains("bin"));
  }

  @Test
  void refusesAReleaseWithoutASignatureWhereApachesOwnKeysCount() throws Exception {
    byte[] tgz = FakeSpark.release("4.2.1").tarGz();
    String name = "spark-4.2.1-bin-hadoop3.tgz";
    server.text("/mirror/spark-4.2.1/" + name + ".sha512", "text/plain", hex("SHA-512", tgz));
    server.file("/mirror/spark-4.2.1/" + name, tgz);
    server.text("/KEYS", "text/plain", OpenPgp.made().publicKey());
    SparkSource strict =
        new ApacheSparkSource(
            List.of(server.uri("/mirror/")), Optional.of(server.uri("/KEYS")), HTTP, cache());
    Failure failure =
        catchThrowableOfType(Failure.class, () -> strict.fetch("4.2.1", Progress.SILENT));
    assertThat(failure.what()).contains("does not have the signature of Spark 4.2.1");
  }

  @Test
  void readsBothFormsOfApachesChecksums() {
    String hex = "0123456789abcdef".repeat(8);
    String grouped = hex.toUpperCase(java.util.Locale.ROOT).replaceAll("(.{8})", "$1 ");
    Digest digest = new Digest("sha512", hex);
    assertThat(ApacheSparkSource.digest(hex + "  spark-4.3.0-bin-hadoop3.tgz\n")).contains(digest);
    assertThat(ApacheSparkSource.digest("spark-4.3.0-bin-hadoop3.tgz: " + grouped + "\n"))
        .contains(digest);
    assertThat(ApacheSparkSource.digest("<html>")).isEmpty();
  }

  private SparkSource local(Path path) {
    return SparkSource.of(
        new SparkSpec(Optional.empty(), path.toString()),
        new OperatorEnvironment(
            Map.of("XDG_CACHE_HOME", folder.resolve("xdg").toString()), folder));
  }

  @Test
  void takesATarballOfTheOperators() throws Exception {
    Path tarball = folder.resolve("spark.tgz");
    Files.write(tarball, FakeSpark.release("4.0.5").tarGz());
    SparkSource source = local(tarball);
    assertThat(source.newestCached()).isEmpty();
    assertThat(source.newest()).isEqualTo("4.0.5");
    SparkBundle bundle = source.fetch("4.0.5", Progress.SILENT);
    assertThat(bundle.identity()).startsWith("tarball sha256:");
    assertThat(bundle.tar().getFileName().toString()).matches("spark-4.0.5-[0-9a-f]{12}.tar");
    assertThat(local(tarball).cached("4.0.5")).contains(bundle);
    assertThat(local(tarball).cached("4.3.0")).isEmpty();
    assertThat(
            catchThrowableOfType(Failure.class, () -> source.fetch("4.3.0", Progress.SILENT))
                .what())
        .endsWith("spark.tgz is Spark 4.0.5, not 4.3.0");

    Files.write(tarball, FakeSpark.home("x/", "4.0.5").program("x/bin/more", "").tarGz());
    assertThat(local(tarball).fetch("4.0.5", Progress.SILENT).identity())
        .as("other content, other identity")
        .isNotEqualTo(bundle.identity());
  }

  @Test
  void takesASourcePackageFetchedByHand() throws Exception {
    Path sdist = folder.resolve("pyspark-3.5.9.tar.gz");
    Files.write(sdist, FakeSpark.sdist("3.5.9").tarGz());
    assertThat(local(sdist).newest()).isEqualTo("3.5.9");
  }

  @Test
  void takesAFolderOfTheOperators() throws Exception {
    Path tarball = Files.write(folder.resolve("s.tar"), FakeSpark.home("home/", "4.1.4").tar());
    assertThat(
            new ProcessBuilder("tar", "-xf", tarball.toString(), "-C", folder.toString())
                .start()
                .waitFor())
        .isZero();
    Path home = folder.resolve("home");
    SparkBundle bundle = local(home).fetch(local(home).newest(), Progress.SILENT);
    assertThat(bundle.version()).isEqualTo("4.1.4");
    Files.writeString(home.resolve("logs/master.out"), "a new line");
    assertThat(local(home).fetch("4.1.4", Progress.SILENT))
        .as("logs are no part of it")
        .isEqualTo(bundle);
  }

  @Test
  void saysWhatIsWrongWithASource() throws Exception {
    assertThat(
            catchThrowableOfType(Failure.class, () -> local(folder.resolve("x")).newest()).what())
        .startsWith("there is no ")
        .endsWith("x, the source of Spark");
    Path page = Files.writeString(folder.resolve("spark.tgz"), "<html>Log in</html>");
    assertThat(catchThrowableOfType(Failure.class, () -> local(page).newest()).what())
        .endsWith("spark.tgz is no archive but a web page");
    byte[] whole = FakeSpark.release("4.3.0").tarGz();
    Path half = Files.write(folder.resolve("half.tgz"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(catchThrowableOfType(Failure.class, () -> local(half).newest()).what())
        .contains("half.tgz cannot be read to its end");
    assertThat(catchThrowableOfType(Failure.class, () -> local(folder).newest()).what())
        .contains("is no whole Spark: it has no jars/spark-core_*.jar");
  }
}
