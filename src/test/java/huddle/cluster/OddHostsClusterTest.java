package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import huddle.lab.LoginShell;
import huddle.lab.Quirk;
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

/// A cluster on hosts that are odd in many ways at once, one of which is lost in the middle of
/// `up`, twice. Each step builds on those before it.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OddHostsClusterTest {
  private static final String UDF_JOB =
      """
      import os, time
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import col, udf
      spark = SparkSession.builder.appName("odd").getOrCreate()
      @udf("string")
      def where(n):
          time.sleep(0.05)
          return os.environ["HUDDLE_HOST"]
      hosts = set()
      for _ in range(100):
          hosts |= {r[0] for r in spark.range(0, 80, 1, 8).select(where(col("id"))).distinct().collect()}
          if len(hosts) == 2:
              break
      print("HOSTS " + " ".join(sorted(hosts)))
      spark.stop()
      """;

  /// Slow enough that Spark is under way for a minute and more.
  private static final int MBIT = 60;

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;
  private Map<String, String> before;

  @BeforeAll
  void makeHosts() {
    lab =
        LabHosts.up(
            OddHostsClusterTest.class,
            HostOptions.of("fish")
                .withLogin(Login.of("ada").withHome("/data/ada").withShell(LoginShell.FISH))
                .with(Quirk.NOEXEC_TMP, Quirk.NAME_UNKNOWN),
            HostOptions.of("under_score")
                .withLogin(Login.of("ops").withShell(LoginShell.TCSH).withNoise()),
            HostOptions.of("busybox")
                .withLogin(Login.of("eve").withHome("/srv/eve"))
                .with(Quirk.BUSYBOX_SH, Quirk.NAME_IS_LOOPBACK)
                .withJavas(17));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write(
        "huddle.yaml",
        """
        name: odd
        spark: {version: 4.3.0}
        master: fish
        workers: [under_score, busybox]
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
  void aHostThatIsKilledUnderWayDoesNotStopTheOthers() throws InterruptedException {
    Ended ended = lose(LabHost::kill);
    assertThat(ended.err())
        .contains("fish: PySpark job with a task on 1 of 2 Workers, none on busybox: done");
    Ended status = operator.huddle("status", "--json");
    assertThat(status.exit()).as("%s", status).isEqualTo(1);
    assertThat(status.out()).contains("\"state\": \"degraded\"", "\"state\": \"unreachable\"");
  }

  @Test
  @Order(2)
  void aHostThatIsCutOffUnderWayEndsInTime() throws InterruptedException {
    lab.host("busybox").boot();
    Map<String, String> daemons = daemons("fish", "under_score");
    lose(LabHost::cut);
    assertThat(daemons("fish", "under_score")).isEqualTo(daemons);
    Ended plan = operator.huddle("plan");
    assertThat(plan.exit()).as("%s", plan).isEqualTo(1);
    assertThat(plan.out()).as("what is not known is left alone").doesNotContain("conf");
  }

  @Test
  @Order(3)
  void theNextUpFinishes() throws InterruptedException {
    lab.host("busybox").heal();
    lab.host("busybox").shape(0);
    Map<String, String> daemons = daemons("fish", "under_score");
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(up.err()).contains("the cluster is up and proven").doesNotContain("Welcome");
    assertThat(daemons("fish", "under_score")).isEqualTo(daemons);
    Ended status = operator.huddle("status", "--json");
    assertThat(status.exit()).as("%s", status).isZero();
    for (LabHost host : lab.hosts()) {
      assertThat(status.out()).contains("\"address\": \"" + host.address() + "\"");
    }
    assertThat(operator.huddle("plan", "--detailed-exitcode").exit()).isZero();
  }

  @Test
  @Order(4)
  void anApplicationRunsOnAll() throws InterruptedException {
    operator.write("odd.py", UDF_JOB);
    Ended ended = operator.huddle("submit", "--conf", "spark.executor.cores=1", "odd.py");
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.out()).contains("HOSTS busybox under_score");
  }

  @Test
  @Order(5)
  void destroyLeavesNothing() throws InterruptedException {
    Ended destroy = operator.huddle("destroy", "--confirm=odd");
    assertThat(destroy.exit()).as("%s", destroy).isZero();
    assertThat(daemons("fish", "under_score", "busybox").values()).allMatch(String::isEmpty);
    assertThat(everyFile()).isEqualTo(before);
    assertThat(home.resolve(".huddle")).doesNotExist();
  }

  /// Loses busybox while Spark is on its way there: `up` ends, with the host, why and what to do.
  private Ended lose(java.util.function.Consumer<LabHost> how) throws InterruptedException {
    LabHost lost = lab.host("busybox");
    lost.shape(MBIT);
    Running up = operator.start("up", "--yes");
    up.awaitText("busybox: Spark 4.3.0");
    how.accept(lost);
    Ended ended = up.end();
    assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
    assertThat(ended.err())
        .contains("odd: up did not succeed")
        .containsPattern(
            "failed: busybox: (the ssh connection broke|\\S+ port 22 cannot be reached)[^\n]*\n"
                + "  do: see whether it is switched on")
        .containsPattern("log: \\S+/logs/odd/\\S+-up-[0-9]+\\.log")
        .doesNotContain("Exception", "\tat ", "defect");
    return ended;
  }

  /// Java processes by host: pid and start time.
  private Map<String, String> daemons(String... hosts) {
    Map<String, String> daemons = new TreeMap<>();
    for (String host : hosts) {
      daemons.put(
          host,
          lab.host(host)
              .exec(
                  "for p in $(pgrep -f 'org[.]apache[.]spark[.]deploy'); do cut -d' ' -f1,22 /proc/$p/stat; done | sort")
              .stdout());
    }
    return daemons;
  }

  /// Every file that could be Huddle's, by host; fish and tcsh keep files of their own.
  private Map<String, String> everyFile() {
    Map<String, String> files = new TreeMap<>();
    for (LabHost host : lab.hosts()) {
      files.put(
          host.name(),
          host.exec(
                  "find /home /data /srv /tmp /var/tmp /root /dev/shm -xdev 2>/dev/null"
                      + " | grep -v -e '/[.]ssh' -e '/fish' -e '/[.]config$' -e '/[.]local' | sort")
              .stdout());
    }
    return files;
  }
}
