package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.artifact.LocalCommands;
import huddle.artifact.OperatorEnvironment;
import huddle.artifact.PythonIndex;
import huddle.cluster.Operator.Ended;
import huddle.spark.SparkRules;
import huddle.spark.SparkVersion;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A cluster on this machine with no file, as an ordinary user.
@Tag("spark")
class LocalClusterTest {
  /// `nobody`, where the tests run as root; nobody owns processes there that could be disturbed.
  private static final String USER = "65534";

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path folder;

  /// The default version; with `./check --versions` the newest of each line.
  @TestFactory
  Stream<DynamicTest> fromNothingToNothing() {
    if (!Boolean.getBoolean("huddle.versions")) {
      return Stream.of(DynamicTest.dynamicTest("the default", () -> fromNothingToNothing("")));
    }
    List<SparkVersion> versions =
        PythonIndex.find(OperatorEnvironment.current(), new LocalCommands(System.getenv()))
            .versions()
            .stream()
            .flatMap(version -> SparkVersion.parse(version).stream())
            .filter(SparkRules::isSupported)
            .toList();
    Map<String, SparkVersion> newest = new TreeMap<>();
    versions.forEach(
        version -> newest.merge(version.line(), version, (a, b) -> a.compareTo(b) > 0 ? a : b));
    return newest.values().stream()
        .map(version ->
            DynamicTest.dynamicTest(
                "Spark " + version, () -> fromNothingToNothing(version.toString())));
  }

  private void fromNothingToNothing(String version) throws IOException, InterruptedException {
    for (int port : new int[] {7077, 7078, 8080, 8081}) {
      assumeTrue(isFree(port), "port " + port + " of this machine is taken");
    }
    Operator operator = ordinaryUser(Files.createDirectory(folder.resolve("run-" + version)));
    if (!version.isEmpty()) {
      Files.writeString(
          operator.home().resolve("huddle.yaml"),
          "name: local\nmaster: localhost\nworkers: [localhost]\nspark: {version: %s}\n"
              .formatted(version));
    }
    Ended up = operator.huddle("up");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(up.err())
        .contains("spark://127.0.0.1:7077")
        .contains("huddle open")
        .contains("huddle submit app.py");
    assertThat(operator.huddle("plan", "--detailed-exitcode").exit()).isZero();
    Ended status = operator.huddle("status", "--json");
    assertThat(status.exit()).as("%s", status).isZero();
    assertThat(status.out())
        .contains("\"version\": 1", "\"state\": \"up\"", "\"name\": \"localhost\"");

    Path app = operator.home().resolve("udf.py");
    Files.writeString(
        app,
        """
        import os, sys
        from pyspark.sql import SparkSession
        from pyspark.sql.functions import col, udf
        spark = SparkSession.builder.getOrCreate()
        plus = udf(lambda n: n + 1, "long")
        print("SUM", spark.range(100).select(plus(col("id")).alias("n")).agg({"n": "sum"}).collect()[0][0])
        print("UID", os.getuid(), sys.argv[1:])
        sys.exit(3)
        """);
    Ended submit = operator.huddle("submit", "udf.py", "--rows", "a b'c");
    assertThat(submit.exit()).as("%s", submit).isEqualTo(3);
    assertThat(submit.out()).contains("SUM 5050").contains("['--rows', \"a b'c\"]");

    pagesAskForACredential(operator, version);
    assertThat(operator.huddle("stop").exit()).isZero();
    assertThat(operator.huddle("status").exit()).isEqualTo(1);
    Ended destroy = operator.huddle("destroy", "--confirm=local");
    assertThat(destroy.exit()).as("%s", destroy).isZero();
    try (Stream<Path> left = Files.list(operator.home())) {
      // Nothing but what this test wrote.
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .isSubsetOf("udf.py", "huddle.yaml");
    }
  }

  /// Through the gateway, and past it.
  private static void pagesAskForACredential(Operator operator, String version)
      throws IOException, InterruptedException {
    Ended open = operator.huddle("open", "--detach", "--json");
    assertThat(open.exit()).as("%s", open).isZero();
    String url = String.valueOf(JSON.std.mapFrom(open.out()).get("url"));
    assertThat(status(url)).isEqualTo(200);
    assertThat(status(url.replaceFirst("\\?.*", ""))).isEqualTo(403);
    // Before 4.0 Spark's pages cannot; the plan says so.
    boolean guarded = !version.startsWith("3.");
    assertThat(status("http://127.0.0.1:8080/")).isEqualTo(guarded ? 403 : 200);
    assertThat(status("http://127.0.0.1:8081/")).isEqualTo(guarded ? 403 : 200);
  }

  private static int status(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(1)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /// This user; where that is root, another one, with copies of what it cannot read.
  private static Operator ordinaryUser(Path folder) throws IOException, InterruptedException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Operator operator = Operator.at(home);
    boolean root = Files.getOwner(home).getName().equals("root");
    if (!root) {
      return operator;
    }
    Path product = Files.createDirectory(folder.resolve("product"));
    List<String> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (Files.exists(from)) {
        Path to = product.resolve(classPath.size() + "-" + from.getFileName());
        run("cp", "-r", from.toString(), to.toString());
        classPath.add(to.toString());
      }
    }
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Path fetched = Operator.cache().resolve("huddle/spark");
    if (Files.isDirectory(fetched)) {
      Files.createDirectories(cache.resolve("huddle"));
      // Hard links where possible: the archive has half a gigabyte.
      run(
          "sh",
          "-c",
          "cp -rl '"
              + fetched
              + "' '"
              + cache
              + "/huddle/' || cp -r '"
              + fetched
              + "' '"
              + cache
              + "/huddle/'");
    }
    run("chown", "-R", USER, home.toString(), cache.toString());
    run("chmod", "-R", "a+rX", product.toString());
    run("chmod", "a+rx", folder.toString(), String.valueOf(folder.getParent()));
    return operator
        .withClassPath(String.join(File.pathSeparator, classPath))
        .with("XDG_CACHE_HOME", cache.toString())
        .through("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s", List.of(command)).isTrue();
    assertThat(process.exitValue()).as("%s", List.of(command)).isZero();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
