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
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One Python on two unlike hosts, one of which has none of its own; neither has a way to the
/// internet. Each step builds on those before it.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PythonOnLabHostsTest {
  private static final String WHERE =
      """
      import os, sys, time, importlib
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import col, udf
      names = sys.argv[1].split(",")
      def say(name):
          return name + "=" + importlib.import_module(name).__version__
      spark = SparkSession.builder.appName("where").getOrCreate()
      @udf("string")
      def where(n):
          time.sleep(0.05)
          packages = [name + "=" + importlib.import_module(name).__version__ for name in names]
          return " ".join([os.environ["HUDDLE_HOST"], "%d.%d" % sys.version_info[:2], sys.executable] + packages)
      def everywhere():
          seen = {}
          while len(seen) < 2:
              rows = spark.range(0, 80, 1, 8).select(where(col("id"))).distinct().collect()
              seen.update({row[0].split()[0]: row[0] for row in rows})
          for host in sorted(seen):
              print("AT " + seen[host], flush=True)
      print("DRIVER", sys.executable, " ".join(say(name) for name in names), flush=True)
      everywhere()
      if len(sys.argv) > 2:
          print("WAITING", flush=True)
          end = time.monotonic() + 600
          while not os.path.exists(sys.argv[2]) and time.monotonic() < end:
              time.sleep(0.2)
          everywhere()
      """;

  private static final Pattern AT =
      Pattern.compile("AT (\\S+) (\\S+) (/\\S+)/(python-[0-9a-f]{12})/bin/python3 (.+)");

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;

  @BeforeAll
  void makeHosts() {
    lab =
        LabHosts.up(
            PythonOnLabHostsTest.class,
            HostOptions.of("worker.one").withLogin(Login.of("deploy").withHome("/home/deploy")),
            HostOptions.of("worker.two")
                .withLogin(Login.of("ada").withHome("/data/users/ada"))
                .with(Quirk.NO_PYTHON));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write("where.py", WHERE);
    file("");
  }

  private void file(String python) {
    operator.write(
        "huddle.yaml",
        """
        name: penguins
        master: worker.one
        workers: [worker.one, worker.two]
        conf: {spark.executor.cores: 1, spark.cores.max: 2, spark.executor.memory: 512m}
        """
            + python);
  }

  @AfterAll
  void removeHosts() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  void everyHostHasPandasAlsoOneWithoutPython() throws InterruptedException {
    assertThat(lab.host("worker.two").exec("command -v python3").stdout()).isEmpty();
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(up.err()).contains("worker.two: Python 3.").contains("with pandas 2.");

    Ended where = operator.huddle("submit", "where.py", "pandas,pyarrow");
    assertThat(where.exit()).as("%s", where).isZero();
    Map<String, String> at = at(where.out());
    assertThat(at.keySet()).containsExactly("worker.one", "worker.two");
    String one = at.getOrDefault("worker.one", "");
    assertThat(one).startsWith("/home/deploy/.huddle/penguins ").contains("pandas=2.");
    assertThat(at.get("worker.two"))
        .as("its own path, and all else the same")
        .isEqualTo(one.replace("/home/deploy/", "/data/users/ada/"));
  }

  @Test
  @Order(2)
  void aSecondUpAsksNobodyAndDoesNothing() throws InterruptedException {
    Ended up = offline().huddle("up");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(up.err()).contains("nothing to do");
  }

  /// An operator who reaches the hosts and nothing else.
  private Operator offline() {
    return Operator.at(home)
        .with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString())
        .with("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
        .with("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple");
  }

  @Test
  @Order(3)
  void anotherListIsRolledOutBesideARunningApplication() throws InterruptedException {
    Map<String, String> daemons = daemons();
    Running running = operator.start("submit", "where.py", "pandas", "/tmp/rolled-out");
    running.awaitText("WAITING");

    file("python: {packages: [pandas, pyarrow, humanize]}\n");
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(daemons()).as("nothing restarts").isEqualTo(daemons);
    assertThat(environments("worker.one")).as("the old one is in use").hasLineCount(2);

    lab.host("worker.one").exec("touch /tmp/rolled-out");
    Ended where = running.end();
    assertThat(where.exit()).as("%s", where).isZero();
    String before = where.out().substring(0, where.out().indexOf("WAITING"));
    String after = where.out().substring(where.out().indexOf("WAITING"));
    assertThat(at(after)).as("it keeps what it began with").isEqualTo(at(before)).hasSize(2);
  }

  @Test
  @Order(4)
  void theNewPackageIsImportedOnEveryWorkerAndTheOldOnesGo() throws InterruptedException {
    Ended where = operator.huddle("submit", "where.py", "humanize,pandas");
    assertThat(where.exit()).as("%s", where).isZero();
    assertThat(at(where.out()))
        .hasSize(2)
        .allSatisfy((host, said) -> {
          assertThat(said).contains("humanize=").contains("pandas=2.");
        });
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(environments("worker.one")).hasLineCount(1);
    assertThat(environments("worker.two")).hasLineCount(1);
    assertThat(operator.huddle("up").err()).contains("nothing to do");
  }

  @Test
  @Order(5)
  void whatCannotBeIsASentence() throws InterruptedException {
    assertThat(refusal("[pandas, no-such-package-of-huddle]"))
        .contains("python.packages: ")
        .contains("has no package named no-such-package-of-huddle");
    assertThat(refusal("[pandas==1.0.0]")).contains("pandas").contains("PySpark 4");
    assertThat(refusal("[pyspark==3.5.0]"))
        .contains("python.packages asks for another PySpark than the cluster's");
    file("python: {requirements: ~/missing.txt}\n");
    Ended plan = operator.huddle("plan");
    assertThat(plan.exit()).as("%s", plan).isEqualTo(1);
    assertThat(plan.err()).contains("python.requirements: there is no file ");
    assertThat(operator.huddle("status").exit()).as("the cluster goes on").isZero();
  }

  private String refusal(String packages) throws InterruptedException {
    file("python: {packages: " + packages + "}\n");
    Ended plan = operator.huddle("plan");
    assertThat(plan.exit()).as("%s", plan).isEqualTo(1);
    assertThat(plan.err()).doesNotContain("Exception").doesNotContain("\tat ");
    return plan.err();
  }

  @Test
  @Order(6)
  void withoutPackagesThereIsTheBareInterpreter() throws InterruptedException {
    file("python: {packages: []}\n");
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(environments("worker.one")).isEmpty();
    Ended where = operator.huddle("submit", "where.py", "json");
    assertThat(where.exit()).as("%s", where).isZero();
    assertThat(where.out())
        .containsPattern("AT worker.one 3\\.[0-9]+ /usr/\\S+ json")
        .containsPattern(
            "AT worker.two 3\\.[0-9]+ /data/users/ada/.huddle/penguins/cpython-3\\.[0-9]+/bin/python3");
    Ended gone = operator.huddle("destroy", "--confirm=penguins");
    assertThat(gone.exit()).as("%s", gone).isZero();
  }

  private String environments(String host) {
    return lab.host(host)
        .exec(
            "ls -d /home/deploy/.huddle/penguins/python-* /data/users/ada/.huddle/penguins/python-* 2>/dev/null")
        .stdout();
  }

  /// What executors said: root, environment, Python and packages by host.
  private static Map<String, String> at(String out) {
    Map<String, String> at = new TreeMap<>();
    Matcher line = AT.matcher(out);
    while (line.find()) {
      at.put(
          line.group(1),
          "%s %s %s %s".formatted(line.group(3), line.group(4), line.group(2), line.group(5)));
    }
    return at;
  }

  private Map<String, String> daemons() {
    Map<String, String> daemons = new TreeMap<>();
    for (LabHost host : lab.hosts()) {
      daemons.put(
          host.name(),
          host.exec(
                  "for p in $(pgrep -f org.apache.spark.[d]eploy.*Master; pgrep -f org.apache.spark.[d]eploy.worker.Worker);"
                      + " do cut -d' ' -f1,22 /proc/$p/stat; done | sort -u")
              .stdout());
    }
    return daemons;
  }
}
