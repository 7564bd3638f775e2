package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A cluster in a shared network: one host that is not in it, one more login on each host, and
/// neither gets in at any door, finds a secret or disturbs what works.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExposureOnLabHostsTest {
  private static final Duration BOUND = Duration.ofMinutes(4);
  private static final String NOT_CONNECTED = "Failed to connect to master";

  /// Is at work, so that there is something to disturb, until a file on its host says that it was
  /// enough; then it does one more round.
  private static final String SLOW =
      """
      import os, time
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import col, udf
      spark = SparkSession.builder.appName("slow").getOrCreate()
      @udf("long")
      def slow(n):
          time.sleep(0.25)
          return n
      print("STARTED", flush=True)
      enough = False
      while not enough:
          enough = os.path.exists("/tmp/enough")
          total = spark.range(0, 16, 1, 16).select(slow(col("id")).alias("n")).groupBy().sum("n").collect()[0][0]
          print("SUM", total, flush=True)
      """;

  @TempDir static Path home;
  private Lab lab;
  private LabHost one;
  private LabHost two;
  private LabHost outsider;
  private Operator operator;
  private Strangers strangers;

  @BeforeAll
  void makeACluster() throws InterruptedException {
    Login mallory = Login.of("mallory");
    lab =
        LabHosts.up(
            ExposureOnLabHostsTest.class,
            HostOptions.of("one").withLogin(Login.of("deploy")).withOther(mallory),
            HostOptions.of("two")
                .withLogin(Login.of("ada").withHome("/data/users/ada"))
                .withOther(mallory),
            HostOptions.of("outsider").withLogin(Login.of("thief")).withOther(mallory));
    one = lab.host("one");
    two = lab.host("two");
    outsider = lab.host("outsider");
    strangers = new Strangers(one.address());
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write(
        "huddle.yaml",
        """
        name: penguins
        master: one
        workers: [one, two]
        python: {packages: []}
        connect: true
        thrift: true
        history: true
        conf: {spark.eventLog.compress: false}
        """);
    // A Spark of the stranger's own, with a secret of its own.
    operator.write(
        "thieves.yaml",
        "name: thieves\nmaster: outsider\nworkers: [outsider]\npython: {packages: []}\n");
    operator.write("slow.py", SLOW);
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    Ended thieves = operator.huddle("up", "--yes", "-f", "thieves.yaml");
    assertThat(thieves.exit()).as("%s", thieves).isZero();
  }

  @AfterAll
  void removeHosts() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  void anUnauthenticatedRestSubmitIsRefused() {
    String submit =
        strangers.http(
            "POST /v1/submissions/create",
            "{\"action\":\"CreateSubmissionRequest\",\"mainClass\":\"X\",\"appResource\":\"x.jar\"}");
    assertThat(strangers.at(outsider, submit, 6066)).contains("refused");
    assertThat(strangers.at(one, submit, 6066)).contains("refused");
    assertThat(strangers.onLoopback(one, submit, 6066)).contains("refused");
  }

  @ParameterizedTest
  @ValueSource(ints = {7077, 7078})
  @Order(2)
  void aRawRpcClientWithoutTheSecretIsRefused(int port) {
    for (LabHost from : List.of(outsider, one)) {
      assertThat(strangers.at(from, strangers.rpc(), port))
          .contains("Unknown challenge message")
          .doesNotContain("StreamCorrupted");
    }
  }

  @Test
  @Order(3)
  void noPageIsServed() throws Exception {
    Running job = atWork();
    String page = strangers.http("GET /", "");
    for (int port : new int[] {8080, 8081, 4040, 18080}) {
      assertThat(strangers.at(outsider, page, port)).as("port %d", port).contains("refused");
      assertThat(strangers.onLoopback(one, page, port))
          .as("port %d", port)
          .contains("HTTP/1.1 403");
    }
    finish(job);
  }

  @ParameterizedTest
  @ValueSource(ints = {15002, 10000})
  @Order(4)
  void connectAndThriftAreNotReachedFromOutside(int port) {
    assertThat(strangers.at(outsider, strangers.http("GET /", ""), port)).contains("refused");
    assertThat(strangers.at(one, strangers.http("GET /", ""), port)).contains("refused");
  }

  @Test
  @Order(4)
  void connectAndThriftWantACredentialOfOtherLoginsOfTheHost() {
    assertThat(strangers.onLoopback(one, strangers.connect(), 15002))
        .contains("grpc-status")
        .contains("oken")
        .doesNotContain("spark.app");
    for (String password : List.of("", "guess")) {
      assertThat(strangers.onLoopback(one, strangers.thrift(password), 10000))
          .contains("Error validating the login");
    }
  }

  @Test
  @Order(5)
  void aRealDriverWithoutTheSecretGetsNoExecutor() throws InterruptedException {
    for (String[] how : new String[][] {{"false", "false"}, {"true", "true"}, {"true", "false"}}) {
      String submit =
          "\"$SPARK_HOME/bin/spark-submit\" --master spark://%s:7077 --conf spark.authenticate=%s"
                  .formatted(one.address(), how[0])
              + " --conf spark.network.crypto.enabled=%s --conf spark.ui.enabled=false"
                  .formatted(how[1])
              + " \"$SPARK_HOME/examples/src/main/python/pi.py\"";
      String said = until(outsider, "thief", spark("thieves"), submit, NOT_CONNECTED);
      assertThat(said).contains(NOT_CONNECTED).doesNotContain("Pi is roughly");
    }
    assertThat(operator.huddle("status", "--json").out()).doesNotContain("\"thief\"");
  }

  @Test
  @Order(6)
  void aRealWorkerWithoutTheSecretDoesNotJoin() throws InterruptedException {
    String worker =
        "\"$SPARK_HOME/bin/spark-class\" org.apache.spark.deploy.worker.Worker --host %s"
                .formatted(outsider.address())
            + " --webui-port 9999 --port 9998 spark://%s:7077".formatted(one.address());
    String alone =
        spark("thieves")
            + "unset JDK_JAVA_OPTIONS; SPARK_CONF_DIR=$(mktemp -d); export SPARK_CONF_DIR\n";
    String said = until(outsider, "thief", alone, worker, "Unknown challenge message");
    assertThat(said)
        .contains("Unknown challenge message")
        .doesNotContain("Successfully registered");
    Ended status = operator.huddle("status", "--json");
    assertThat(status.exit()).as("%s", status).isZero();
    assertThat(status.out()).doesNotContain(outsider.address());
  }

  @Test
  @Order(7)
  void whoKnowsTheSecretMustEncrypt() {
    String submit =
        "\"$SPARK_HOME/bin/spark-submit\" --conf spark.network.crypto.enabled=false"
            + " \"$SPARK_HOME/examples/src/main/python/pi.py\"";
    String said = until(one, "deploy", spark("penguins"), submit, NOT_CONNECTED);
    assertThat(said).contains(NOT_CONNECTED).doesNotContain("Pi is roughly");
  }

  /// The last that a program says, which is ended as soon as it says these words, or Spark's
  /// example gives an answer.
  private static String until(
      LabHost host, String user, String before, String command, String words) {
    return host.exec(
            user,
            before
                + "said=$(mktemp); %s >\"$said\" 2>&1 & pid=$!; i=0\n".formatted(command)
                + "while [ $i -lt 400 ] && kill -0 $pid 2>/dev/null && ! grep -q -e '%s' -e 'Pi is' \"$said\"; do\n"
                    .formatted(words)
                + "sleep 0.5; i=$((i + 1)); done\n"
                + "kill $pid 2>/dev/null; wait $pid; tail -n 400 \"$said\"",
            BOUND)
        .stdout();
  }

  @Test
  @Order(8)
  void doctorSaysSoItself() throws Exception {
    Running job = atWork();
    Ended doctor = operator.huddle("doctor", "--exposure", "--json");
    finish(job);
    assertThat(doctor.exit()).as("%s", doctor).isZero();
    assertThat(doctor.out())
        .contains("\"process\": \"Master\"")
        .contains("\"process\": \"Worker\"")
        .contains("\"process\": \"driver\"")
        .contains("\"process\": \"executor\"")
        .contains("Spark wants the secret")
        .contains("Spark Connect wants a token")
        .contains("thrift wants a login")
        .doesNotContain("\"level\": \"bad\"")
        .doesNotContain("\"answer\": \"answers\"");
  }

  @Test
  @Order(9)
  void clusterDeployModeWorks() throws Exception {
    String jar = SmallApplication.jarInBase64(one);
    for (LabHost host : List.of(one, two)) {
      host.exec("mkdir -p /opt/app; echo " + jar + " | base64 -d >/opt/app/small.jar");
    }
    Output submitted =
        one.exec(
            "deploy",
            spark("penguins")
                + "\"$SPARK_HOME/bin/spark-submit\" --deploy-mode cluster --class SmallApplication"
                + " --conf spark.cores.max=2 file:/opt/app/small.jar /tmp/small.count 2>&1 | tail -n 30",
            BOUND);
    assertThat(submitted.exit()).as("%s", submitted).isZero();
    assertThat(await(List.of(one, two), "cat /tmp/small.count")).contains("100000");
  }

  /// A gap of Spark's, written down in docs/concepts/threat-model.md: when this fails, Spark has
  /// closed it, and that page is to be changed.
  @Test
  @Order(9)
  void aKnownGapFilesThatADriverHandsOutAreServedByName() throws Exception {
    one.exec("echo handed out >/opt/handed-out.txt; chmod 644 /opt/handed-out.txt");
    Running job = atWork("--conf", "spark.files=/opt/handed-out.txt");
    String ports =
        one.exec("ss -ltnHp | grep -F " + one.address() + " | sed 's/.*:\\([0-9]*\\) .*/\\1/'")
            .stdout();
    List<String> answers =
        ports
            .lines()
            .filter(line -> line.matches("[0-9]+"))
            .parallel()
            .map(port ->
                strangers.at(
                    outsider, strangers.file("/files/handed-out.txt"), Integer.parseInt(port)))
            .toList();
    finish(job);
    assertThat(answers).as("ports %s", ports).anyMatch(answer -> answer.contains("handed out"));
  }

  @Test
  @Order(10)
  void noSecretIsFoundAnywhere() throws Exception {
    Running job = atWork();
    List<String> secrets = secrets();
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(3).allMatch(secret -> secret.length() >= 32);
    StringBuilder said = new StringBuilder();
    for (String[] command :
        new String[][] {
          {"status", "--json"}, {"plan", "--json"}, {"logs", "-n", "100000"}, {"up", "--json"}
        }) {
      Ended ended = operator.huddle(command);
      said.append(ended.out()).append(ended.err());
    }
    for (LabHost host : List.of(one, two)) {
      said.append(host.exec("mallory", "ps -ef e; ps auxwwwe", Duration.ofSeconds(60)).stdout());
      said.append(host.exec("root", "ps -ef ww", Duration.ofSeconds(60)).stdout());
    }
    for (Path log : logs()) {
      said.append(Files.readString(log));
    }
    assertThat(said).contains("org.apache.spark.deploy.master.Master");
    for (String secret : secrets) {
      assertThat(said.indexOf(secret)).as("in what is said to people").isNegative();
      for (LabHost host : List.of(one, two)) {
        // As somebody else: every file that can be read; as root: logs, scratch and event logs.
        String found =
            host.exec(
                    "mallory",
                    "grep -rlsF " + secret + " /home /data /tmp /var /run /opt /srv /dev/shm /etc",
                    BOUND)
                .stdout();
        assertThat(found).as("readable by others on %s", host.name()).isEmpty();
        String logged =
            host.exec(
                    "root",
                    "cd ~%s/.huddle/penguins && ls eventlog logs >/dev/null && grep -rlsF %s logs work eventlog run manifest.json /tmp /var/log"
                        .formatted(host.user(), secret),
                    BOUND)
                .stdout();
        assertThat(logged).as("logs of %s", host.name()).isEmpty();
      }
    }
    finish(job);
  }

  @Test
  @Order(10)
  void noPrivateKeyIsOnAHostAndNobodyElseIsLetIn() throws IOException {
    for (LabHost host : List.of(one, two)) {
      Output keys =
          host.exec(
              "cd ~%s && grep -rlsF 'PRIVATE KEY' .ssh .huddle/penguins/conf .huddle/penguins/run .huddle/penguins/work .huddle/penguins/tmp /tmp; true"
                  .formatted(host.user()));
      assertThat(keys.stdout()).as("%s", keys).isEmpty();
      // The lab lets in the operator's key alone, without its comment.
      assertThat(
              host.exec("cat ~" + host.user() + "/.ssh/authorized_keys").stdout().strip() + " lab")
          .isEqualTo(Files.readString(lab.key().resolveSibling("key.pub")).strip());
    }
  }

  @Test
  @Order(11)
  void aMasterThatIsKilledRecoversUnderAJob() throws Exception {
    Running job = atWork();
    job.awaitText("SUM 120");
    one.exec("kill -9 $(sed -n s/pid=//p /home/deploy/.huddle/penguins/run/master)");
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    finish(job);
  }

  @Test
  @Order(12)
  void aWorkerIsDecommissionedUnderAJob() throws Exception {
    Running job = atWork("--conf", "spark.cores.max=4");
    job.awaitText("SUM 120");
    two.exec("kill -PWR $(sed -n s/pid=//p /data/users/ada/.huddle/penguins/run/worker)");
    finish(job);
    assertThat(operator.huddle("status").exit()).isEqualTo(1);
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
  }

  @Test
  @Order(13)
  void rotatingTheSecretLosesNoJob() throws Exception {
    List<String> before = secrets();
    Running job = atWork();
    Running rotate = operator.start("secrets", "rotate", "--yes");
    rotate.awaitText("waiting up to");
    finish(job);
    Ended rotated = rotate.end();
    assertThat(rotated.exit()).as("%s", rotated).isZero();
    assertThat(secrets()).isNotEmpty().doesNotContainAnyElementsOf(before);
    assertThat(secret(two)).isEqualTo(secret(one));
    Ended plan = operator.huddle("plan", "--detailed-exitcode");
    assertThat(plan.exit()).as("%s", plan).isZero();
    finish(atWork());
    for (LabHost host : List.of(one, two)) {
      assertThat(
              host.exec(
                      "grep -rlF "
                          + before.getFirst()
                          + " ~"
                          + host.user()
                          + "/.huddle/penguins/conf")
                  .stdout())
          .isEmpty();
    }
  }

  @Test
  @Order(14)
  void aRotationThatIsKilledIsContinuedByUp() throws Exception {
    String before = secret(one);
    Running rotate = operator.start("secrets", "rotate", "--now", "--yes");
    rotate.awaitText("Applying");
    await(List.of(one), "grep -vF " + before + " ~deploy/.huddle/penguins/conf/secret");
    rotate.process().destroyForcibly().waitFor();
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(secret(one)).isNotEqualTo(before);
    assertThat(secret(two)).isEqualTo(secret(one));
    assertThat(operator.huddle("status").exit()).isZero();
  }

  /// An Application that has started, and works however long what is tried beside it takes.
  private Running atWork(String... options) throws InterruptedException {
    one.exec("rm -f /tmp/enough");
    List<String> arguments = new ArrayList<>(List.of("submit"));
    arguments.addAll(List.of(options));
    arguments.add("slow.py");
    Running job = operator.start(arguments.toArray(String[]::new));
    job.awaitText("STARTED");
    return job;
  }

  /// Lets it end, which goes well only where nothing has disturbed it.
  private void finish(Running job) throws InterruptedException {
    assertThat(job.process().isAlive()).isTrue();
    one.exec("touch /tmp/enough");
    Ended ended = job.end();
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.out().lines().filter(line -> line.startsWith("SUM")))
        .as("%s", ended)
        .isNotEmpty()
        .containsOnly("SUM 120");
  }

  private static String spark(String cluster) {
    return "R=~/.huddle/%s; . $R/conf/spark-env.sh; SPARK_HOME=$(ls -d $R/spark-*); SPARK_CONF_DIR=$R/conf; export SPARK_HOME SPARK_CONF_DIR\n"
        .formatted(cluster);
  }

  private static String secret(LabHost host) {
    return host.exec("cat ~" + host.user() + "/.huddle/penguins/conf/secret").stdout().strip();
  }

  /// The secret, and what follows from it.
  private List<String> secrets() {
    List<String> secrets = new ArrayList<>(List.of(secret(one)));
    one.exec(
            "cd ~deploy/.huddle/penguins/conf && sed -n -e 's/^-D[A-Za-z.]*[tT]oken=//p' -e 's/^-D[A-Za-z.]*secretKey=//p' *.opts")
        .stdout()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(secrets::add);
    return secrets;
  }

  private static List<Path> logs() throws IOException {
    try (Stream<Path> logs = Files.list(Operator.cache().resolve("huddle/logs/penguins"))) {
      return logs.toList();
    }
  }

  /// What the first of the hosts prints that succeeds; waits up to two minutes.
  private static String await(List<LabHost> hosts, String command) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    Map<String, String> last = new TreeMap<>();
    while (System.nanoTime() < deadline) {
      for (LabHost host : hosts) {
        Output output = host.exec(command);
        if (output.exit() == 0) {
          return output.stdout();
        }
        last.put(host.name(), output.stderr());
      }
      Thread.sleep(200);
    }
    throw new AssertionError(command + " never succeeded: " + last);
  }
}
