package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Libraries for the JVM and files of the operator's on three hosts with unlike logins and homes
/// and no internet. Each step builds on those before it. No release of Delta or Iceberg of today
/// works with Spark 4.3; Delta 4.4 works with 4.2.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DataOnLabHostsTest {
  private static final String FILE =
      """
      name: library
      spark: {version: 4.2.1}
      python: {packages: [numpy, pandas, pyarrow]}
      packages: ["io.delta:delta-spark_4.2_2.13:4.4.0"]
      conf:
        spark.sql.extensions: io.delta.sql.DeltaSparkSessionExtension
        spark.sql.catalog.spark_catalog: org.apache.spark.sql.delta.catalog.DeltaCatalog
      master: {host: one}
      workers:
        - {host: one, cores: 2, memory: 3g}
        - {host: two, cores: 1, memory: 1g}
        - {host: three, cores: 1, memory: 1g}
      """;

  private static final String DELTA_JOB =
      """
      from pyspark.sql import SparkSession
      spark = SparkSession.builder.getOrCreate()
      place = "file:///var/tmp/huddle-library/table"
      spark.range(100).coalesce(1).write.format("delta").mode("overwrite").save(place)
      spark.sql(f"UPDATE delta.`{place}` SET id = id + 1000 WHERE id < 10")
      spark.sql(f"DELETE FROM delta.`{place}` WHERE id >= 50 AND id < 100")
      rows = spark.read.format("delta").load(place)
      print("DELTA", rows.count(), rows.selectExpr("sum(id)").collect()[0][0])
      print("VERSIONS", spark.sql(f"DESCRIBE HISTORY delta.`{place}`").count())
      """;

  private static final String PLACES_JOB =
      """
      import os, time
      from pyspark.sql import SparkSession
      spark = SparkSession.builder.getOrCreate()
      def place(_):
          time.sleep(0.05)
          return tuple(os.environ.get(n, "") for n in ("HUDDLE_HOST", "HUDDLE_DATA", "SPARK_DIST_CLASSPATH"))
      seen = set()
      for _ in range(200):
          seen |= set(spark.sparkContext.parallelize(range(12), 12).map(place).collect())
          if len(seen) == 3:
              break
      for one in sorted(seen):
          print("PLACE", *one)
      print("DRIVER", os.environ["HUDDLE_DATA"])
      """;

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;

  @BeforeAll
  void makeHosts() {
    lab =
        LabHosts.up(
            DataOnLabHostsTest.class,
            HostOptions.of("one").withLogin(Login.of("ada").withHome("/data/ada")),
            HostOptions.of("two").withLogin(Login.of("ops")),
            HostOptions.of("three").withLogin(Login.of("eve").withHome("/srv/eve")));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write("huddle.yaml", FILE);
  }

  @AfterAll
  void removeHosts() {
    if (lab != null) {
      lab.close();
    }
  }

  private Ended done(String... command) throws InterruptedException {
    Ended ended = operator.huddle(command);
    assertThat(ended.exit()).as("%s", ended).isZero();
    return ended;
  }

  private Ended refused(int exit, String... command) throws InterruptedException {
    Ended ended = operator.huddle(command);
    assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
    return ended;
  }

  @Test
  @Order(1)
  void librariesComeWithTheCluster() throws InterruptedException {
    assertThat(done("up", "--yes").err())
        .contains("package io.delta:delta-spark_4.2_2.13:4.4.0: done")
        .contains("the cluster is up and proven");
    for (LabHost host : lab.hosts()) {
      assertThat(said(host, "ls ~/.huddle/library/jars-*/"))
          .contains("delta-spark_4.2_2.13-4.4.0.jar")
          .doesNotContain("scala-library", "jackson-core", "spark-sql");
    }
    assertThat(done("up", "--yes").err()).contains("nothing to do");
  }

  @Test
  @Order(2)
  void aDeltaTableIsWrittenChangedAndRead() throws InterruptedException {
    operator.write("delta.py", DELTA_JOB);
    // Files stay where they are written: all executors on the one host with room for this size.
    Ended ended = done("submit", "--memory", "1500m", "--cores", "2", "delta.py");
    // 10..49 and 1000..1009.
    assertThat(ended.out()).contains("DELTA 50 11225", "VERSIONS 3");
  }

  @Test
  @Order(3)
  void everyExecutorHasItsOwnHostsPaths() throws InterruptedException {
    operator.write("places.py", PLACES_JOB);
    Ended ended = done("submit", "--cores", "all", "--memory", "512m", "places.py");
    assertThat(ended.out())
        .containsPattern("PLACE one /var/tmp/huddle-library /data/ada/\\S+/jars-[0-9a-f]{12}/\\*")
        .containsPattern("PLACE three /var/tmp/huddle-library /srv/eve/\\S+/jars-[0-9a-f]{12}/\\*")
        .containsPattern("PLACE two /var/tmp/huddle-library /home/ops/\\S+/jars-[0-9a-f]{12}/\\*")
        .contains("DRIVER /var/tmp/huddle-library");
  }

  @Test
  @Order(4)
  void wordcountReadsAPushedFile() throws InterruptedException {
    operator.write("words.txt", "huddle spark huddle\n".repeat(2_000));
    assertThat(done("push", "words.txt").out())
        .isEqualTo("file:///var/tmp/huddle-library/words.txt\n");
    operator.write("wordcount.py", example("wordcount.py"));
    assertThat(done("submit", "wordcount.py", "file:///var/tmp/huddle-library/words.txt").out())
        .contains("huddle: 4000", "spark: 2000");
    Ended again = done("push", "words.txt");
    assertThat(again.err()).contains("one: it has all of it already");
  }

  @Test
  @Order(5)
  void sparksOwnExamplesOfMlReadAPushedFolder() throws Exception {
    Path folder = Files.createDirectories(home.resolve("samples"));
    Files.writeString(
        folder.resolve("points.txt"),
        "0 1:0.0 2:0.0\n0 1:0.1 2:0.1\n1 1:9.0 2:9.0\n1 1:9.2 2:9.2\n");
    done("push", "samples/");
    operator.write(
        "kmeans.py",
        example("ml/kmeans_example.py")
            .replace(
                "data/mllib/sample_kmeans_data.txt",
                "file:///var/tmp/huddle-library/samples/points.txt"));
    assertThat(done("submit", "kmeans.py").out())
        .contains("Silhouette with squared euclidean distance = 0.99")
        .contains("[0.05 0.05]", "[9.1 9.1]");
  }

  @Test
  @Order(5)
  void sparksOwnExamplesWithoutDataRunAsTheyAre() throws InterruptedException {
    operator.write("arrow.py", example("sql/arrow.py"));
    assertThat(done("submit", "arrow.py").out()).contains("Pandas DataFrame result statistics:");
    operator.write("correlation.py", example("ml/correlation_example.py"));
    assertThat(done("submit", "correlation.py").out()).contains("Spearman correlation matrix:");
  }

  private String example(String name) {
    String text =
        said(
            lab.host("one"),
            "cat /data/ada/.huddle/library/spark-4.2.1/examples/src/main/python/" + name);
    assertThat(text).contains("SparkSession");
    return text;
  }

  @Test
  @Order(6)
  void muchGoesFromHostToHost() throws Exception {
    random("big.bin", 12);
    Ended ended = done("push", "big.bin");
    assertThat(ended.err())
        .contains("big.bin, 12 MiB from one: done", "big.bin, 12 MiB from two: done");
    same("big.bin");
    nothingListens();
  }

  @Test
  @Order(7)
  void aHopThatIsCutIsGoneRound() throws Exception {
    random("more.bin", 10);
    LabHost two = lab.host("two");
    String way = "ip route %s blackhole " + lab.host("one").address() + "/32";
    two.exec("root", way.formatted("add"), Duration.ofSeconds(10));
    try {
      Ended ended = done("push", "more.bin");
      assertThat(ended.err())
          .contains("one: it cannot pass files on to two: ")
          .contains("sent directly")
          .contains("more.bin, 10 MiB from two: done");
    } finally {
      two.exec("root", way.formatted("del"), Duration.ofSeconds(10));
    }
    same("more.bin");
    nothingListens();
  }

  @Test
  @Order(7)
  void ofAPushThatIsKilledNothingStays() throws Exception {
    random("huge.bin", 150);
    Running push = operator.start("push", "huge.bin");
    await("its programs run", () -> !programs(lab.host("one")).isEmpty());
    push.process().destroyForcibly().waitFor();
    await(
        "its programs end", () -> lab.hosts().stream().allMatch(host -> programs(host).isEmpty()));
    done("push", "huge.bin");
    same("huge.bin");
  }

  @Test
  @Order(8)
  void filesComeBack() throws Exception {
    done("pull", "--to", "here", "samples", "words.txt");
    assertThat(home.resolve("here/samples/points.txt")).content().startsWith("0 1:0.0");
    done("pull", "--from", "all", "--to", "all", "big.bin");
    for (String host : List.of("one", "two", "three")) {
      assertThat(home.resolve("all").resolve(host).resolve("big.bin"))
          .hasSameBinaryContentAs(home.resolve("big.bin"));
    }
    assertThat(refused(1, "pull", "nothing.csv").err())
        .contains("one: there is no /var/tmp/huddle-library/nothing.csv");
    assertThat(refused(2, "pull", "../x").err()).contains("climbs with ..");
    assertThat(refused(2, "push", "nothing.csv").err()).contains("nothing.csv does not exist");
    assertThat(refused(2, "push", "--to", "in", "words.txt").err()).contains("is not absolute");
  }

  @Test
  @Order(9)
  void whatOnlySomeHostsHaveIsSaid() throws InterruptedException {
    said(lab.host("two"), "rm /var/tmp/huddle-library/words.txt");
    assertThat(done("plan").err())
        .contains("only some hosts have what is in /var/tmp/huddle-library: ")
        .contains("words.txt on 2 of 3 hosts")
        .contains("`huddle push` it");
    Ended ended = done("push", "words.txt");
    assertThat(ended.err())
        .contains("one: it has all of it already", "two: words.txt, 40 KiB: done");
  }

  @Test
  @Order(10)
  void whatCannotBeHadIsASentence() throws InterruptedException {
    assertThat(withPackage("io.delta:delta-spark_2.12:3.3.2"))
        .contains("is built for Scala 2.12; Spark 4.2.1 runs on Scala 2.13");
    assertThat(withPackage("org.apache.spark:spark-avro_2.13:4.3.0"))
        .contains("belongs to Spark 4.3.0, and the cluster has 4.2.1")
        .contains("write org.apache.spark:spark-avro_2.13:4.2.1");
    assertThat(withPackage("org.postgresql:postgresql:0.0.1"))
        .contains("org.postgresql:postgresql:0.0.1 does not resolve; Maven says: ");
  }

  private String withPackage(String coordinate) throws InterruptedException {
    operator.write("wrong.yaml", FILE.replace("io.delta:delta-spark_4.2_2.13:4.4.0", coordinate));
    return refused(1, "plan", "-f", "wrong.yaml").err();
  }

  @Test
  @Order(11)
  void destroyTakesTheLinkAlong() throws InterruptedException {
    done("destroy", "--confirm=library");
    for (LabHost host : lab.hosts()) {
      assertThat(said(host, "ls -d /var/tmp/huddle-library ~/.huddle 2>/dev/null")).isEmpty();
    }
  }

  /// As the host's login: even root follows no link of another's in /var/tmp.
  private static String said(LabHost host, String script) {
    return host.exec(host.user(), script, Duration.ofSeconds(30)).stdout();
  }

  private void random(String name, int mebibytes) throws IOException {
    byte[] bytes = new byte[mebibytes << 20];
    new Random(mebibytes).nextBytes(bytes);
    Files.write(home.resolve(name), bytes);
  }

  private void same(String name) throws IOException {
    long size = Files.size(home.resolve(name));
    for (LabHost host : lab.hosts()) {
      String place = "/var/tmp/huddle-library/";
      assertThat(said(host, "wc -c <" + place + name).strip())
          .as(host.name())
          .isEqualTo(Long.toString(size));
      assertThat(said(host, "ls -A " + place + " | grep huddle-part")).isEmpty();
    }
  }

  /// No program of a push is left on any host.
  private void nothingListens() {
    for (LabHost host : lab.hosts()) {
      assertThat(programs(host)).as(host.name()).isEmpty();
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static String programs(LabHost host) {
    return said(host, "pgrep -f 'push. on a[ ]host'");
  }
}
