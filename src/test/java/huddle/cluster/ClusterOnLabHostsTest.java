package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import huddle.lab.Quirk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A Master and four Workers on four unlike hosts, from nothing to nothing. Each step builds on
/// those before it.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterOnLabHostsTest {
  private static final String UDF_JOB =
      """
      import os, sys, time
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import col, udf
      spark = SparkSession.builder.appName("hosts").getOrCreate()
      @udf("string")
      def where(n):
          time.sleep(0.05)
          return os.environ["HUDDLE_HOST"]
      hosts = set()
      while len(hosts) < 4:
          hosts |= {r[0] for r in spark.range(0, 160, 1, 16).select(where(col("id"))).distinct().collect()}
      print("HOSTS " + " ".join(sorted(hosts)))
      print("SUM", spark.range(1000).selectExpr("sum(id)").collect()[0][0])
      print("said on stderr", file=sys.stderr)
      spark.stop()
      sys.exit(int(sys.argv[1]))
      """;

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;
  private Map<String, String> before;

  @BeforeAll
  void makeHosts() {
    lab =
        LabHosts.up(
            ClusterOnLabHostsTest.class,
            HostOptions.of("worker.one")
                .withLogin(Login.of("deploy").withHome("/home/deploy"))
                .with(Quirk.NAME_IS_LOOPBACK),
            HostOptions.of("worker.two")
                .withLogin(Login.of("ada").withHome("/data/users/ada").withNoise()),
            HostOptions.of("worker.three")
                .withLogin(Login.of("spark").withHome("/srv/people/spark"))
                .withJavas(),
            HostOptions.of("worker.four")
                .withLogin(Login.of("ops").withHome("/opt/ops-home"))
                .with(Quirk.NAME_UNKNOWN));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write(
        "huddle.yaml",
        """
        name: penguins
        master: worker.one
        workers: [worker.one, worker.two, worker.three, worker.four]
        """);
    before = everyFile();
  }

  @AfterAll
  void removeHosts() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  void interruptedRunsAreContinued() throws IOException, InterruptedException {
    Running first = operator.start("up", "--yes");
    first.awaitText("worker.two: Spark 4");
    first.signal("INT");
    Ended interrupted = first.end();
    assertThat(interrupted.exit()).as("%s", interrupted).isEqualTo(130);
    assertThat(interrupted.err()).contains("Interrupted").doesNotContain("Exception");

    Running second = operator.start("up", "--yes");
    second.awaitText("Master at spark://");
    second.process().destroyForcibly().waitFor();

    Ended third = operator.huddle("up", "--yes");
    assertThat(third.exit()).as("%s", third).isZero();
    assertThat(third.err()).contains("the cluster is up and proven");
  }

  @Test
  @Order(2)
  void sparksOwnExampleGivesTheRightAnswer() throws InterruptedException {
    Ended where =
        operator.huddle("exec", "--host", "worker.one", "--", "sh", "-c", "echo $SPARK_HOME");
    String example = where.out().strip() + "/examples/src/main/python/pi.py";
    Ended source = operator.huddle("exec", "--host", "worker.one", "--", "cat", example);
    operator.write("pi.py", source.out());
    Ended ended = operator.huddle("submit", "pi.py", "4");
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.out()).containsPattern("Pi is roughly 3\\.1[0-9]+");
  }

  @Test
  @Order(3)
  void anApplicationRunsOnEveryHostAndItsExitCodeIsPassedOn() throws InterruptedException {
    operator.write("hosts.py", UDF_JOB);
    Ended ended =
        operator.huddle(
            "submit",
            "--conf",
            "spark.executor.cores=1",
            "--conf",
            "spark.cores.max=4",
            "hosts.py",
            "7");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(7);
    assertThat(ended.out())
        .contains("HOSTS worker.four worker.one worker.three worker.two")
        .contains("SUM 499500")
        .doesNotContain("said on stderr");
    assertThat(ended.err()).contains("said on stderr");
  }

  @Test
  @Order(4)
  void aSecondUpDoesNothing() throws InterruptedException {
    Map<String, String> daemons = daemons();
    Ended plan = operator.huddle("plan", "--detailed-exitcode", "--json");
    assertThat(plan.exit()).as("%s", plan).isZero();
    assertThat(plan.out()).contains("\"changes\": []");
    Ended up = operator.huddle("up");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(up.err()).contains("nothing to do");
    assertThat(daemons()).isEqualTo(daemons);
  }

  @Test
  @Order(5)
  void aKilledWorkerShowsAndIsRepairedAlone() throws InterruptedException {
    Map<String, String> daemons = daemons();
    lab.host("worker.three")
        .exec("kill -9 $(sed -n s/pid=//p /srv/people/spark/.huddle/penguins/run/worker)");
    Ended status = operator.huddle("status", "--json");
    assertThat(status.exit()).as("%s", status).isEqualTo(1);
    assertThat(status.out())
        .contains("\"state\": \"degraded\"")
        .contains("\"reason\": \"the Worker is not running\"");
    Ended plan = operator.huddle("plan", "--detailed-exitcode");
    assertThat(plan.exit()).as("%s", plan).isEqualTo(3);
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    Map<String, String> after = daemons();
    assertThat(after.get("worker.three")).isNotEqualTo(daemons.get("worker.three"));
    daemons.remove("worker.three");
    after.remove("worker.three");
    assertThat(after).isEqualTo(daemons);
  }

  @Test
  @Order(6)
  void ctrlCEndsAnApplication() throws IOException, InterruptedException {
    operator.write(
        "long.py",
        """
        import time
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.appName("long").getOrCreate()
        print("started", flush=True)
        time.sleep(600)
        """);
    Running running = operator.start("submit", "long.py");
    running.awaitText("started");
    running.signal("INT");
    Ended ended = running.end();
    assertThat(ended.exit()).as("%s", ended).isEqualTo(130);
    // The driver has ten seconds to end by itself.
    String left =
        lab.host("worker.one")
            .exec(
                "i=0; while pgrep -f 'long[.]py' >/dev/null && [ $i -lt 60 ]; do sleep 0.25; i=$((i+1)); done;"
                    + " pgrep -f 'long[.]py'")
            .stdout();
    assertThat(left).isEmpty();
  }

  @Test
  @Order(7)
  void aSecondClusterOnTheSameHostNeedsOtherPorts() throws InterruptedException {
    operator.write("other.yaml", "name: other\nmaster: worker.two\nworkers: [worker.two]\n");
    Ended taken = operator.huddle("up", "--yes", "-f", "other.yaml");
    assertThat(taken.exit()).as("%s", taken).isEqualTo(1);
    assertThat(taken.err()).contains("port 7078 is taken by the Worker of the cluster penguins");
    operator.write(
        "other.yaml",
        """
        name: other
        master: worker.two
        workers: [worker.two]
        ports: {master: 7177, masterUi: 8180, worker: 7178, workerUi: 8181}
        """);
    Ended up = operator.huddle("up", "--yes", "-f", "other.yaml");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(operator.huddle("status").exit()).isZero();
    Ended gone = operator.huddle("destroy", "--confirm=other", "-f", "other.yaml");
    assertThat(gone.exit()).as("%s", gone).isZero();
    assertThat(operator.huddle("status").exit()).isZero();
  }

  @Test
  @Order(8)
  void stopAndStartTellTheTruth() throws InterruptedException {
    Ended stop = operator.huddle("stop");
    assertThat(stop.exit()).as("%s", stop).isZero();
    assertThat(daemons().values()).allMatch(String::isEmpty);
    Ended down = operator.huddle("status", "--json");
    assertThat(down.exit()).isEqualTo(1);
    assertThat(down.out()).contains("\"state\": \"down\"").contains("\"url\": null");
    Ended start = operator.huddle("start", "--yes");
    assertThat(start.exit()).as("%s", start).isZero();
    assertThat(operator.huddle("status").exit()).isZero();
  }

  @Test
  @Order(9)
  void destroyLeavesNoFileAndNoProcess() throws InterruptedException {
    Ended destroy = operator.huddle("destroy", "--confirm=penguins");
    assertThat(destroy.exit()).as("%s", destroy).isZero();
    assertThat(daemons().values()).allMatch(String::isEmpty);
    assertThat(everyFile()).isEqualTo(before);
    assertThat(home.resolve(".huddle")).doesNotExist();
  }

  /// Java processes by host: pid and start time.
  private Map<String, String> daemons() {
    Map<String, String> daemons = new TreeMap<>();
    for (LabHost host : lab.hosts()) {
      daemons.put(
          host.name(),
          host.exec(
                  "for p in $(pgrep -f org.apache.spark.[d]eploy); do cut -d' ' -f1,22 /proc/$p/stat; done | sort")
              .stdout());
    }
    return daemons;
  }

  /// Every file that could be Huddle's, by host.
  private Map<String, String> everyFile() {
    Map<String, String> files = new TreeMap<>();
    for (LabHost host : lab.hosts()) {
      files.put(
          host.name(),
          host.exec(
                  "find /home /data /srv/people /opt/ops-home /tmp /var/tmp /root /dev/shm -xdev 2>/dev/null | grep -v '/[.]ssh' | sort")
              .stdout());
    }
    return files;
  }
}
