package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Programs, jars and shells on a cluster of two hosts with unlike logins: what goes along, what
/// comes back, who waits for whom, and what is left.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SubmitOnLabHostsTest {
  private static final String NEEDS_MUCH =
      """
      import sys
      from mypackage import twice
      import lone, zipped
      from pyspark.sql import SparkSession
      spark = SparkSession.builder.getOrCreate()
      def work(x):
          import lone, zipped
          from mypackage import twice
          return twice(zipped.plus(x)) + lone.VALUE, open("rows.csv").read()
      print("DRIVER", open("rows.csv").read())
      print("EXECUTORS", spark.sparkContext.parallelize([1, 2], 2).map(work).collect())
      conf = spark.sparkContext.getConf()
      print("SHARE", conf.get("spark.cores.max"), conf.get("spark.executor.cores"), conf.get("spark.executor.memory"))
      print("said on stderr", file=sys.stderr)
      sys.exit(9)
      """;

  /// Until its file is there, it holds what it got.
  private static final String HOLDS =
      """
      import sys, time
      from pyspark.sql import SparkSession
      spark = SparkSession.builder.getOrCreate()
      print("the driver's own words", flush=True)
      def hold(x):
          print("an executor's own words", flush=True)
          time.sleep(0.2)
      while True:
          spark.sparkContext.parallelize(range(40), 40).foreach(hold)
      """;

  private static final String QUICK =
      """
      from pyspark.sql import SparkSession
      print("COUNT", SparkSession.builder.getOrCreate().range(10).count())
      """;

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;
  private Operator terminal;
  private Path keys;

  @BeforeAll
  void makeCluster() throws IOException, InterruptedException {
    lab =
        LabHosts.up(
            SubmitOnLabHostsTest.class,
            HostOptions.of("one").withLogin(Login.of("deploy").withHome("/home/deploy")),
            HostOptions.of("two").withLogin(Login.of("ada").withHome("/data/users/ada")));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    // Sizes that do not depend on the machine: shares of 1 and 2 of 4 cores.
    operator.write(
        "huddle.yaml",
        """
        name: jobs
        spark: {version: 4.3.0}
        python: {packages: []}
        master: one
        workers:
          - {host: one, cores: 2, memory: 2g}
          - {host: two, cores: 2, memory: 2g}
        """);
    keys = home.resolve("keys");
    assertThat(new ProcessBuilder("mkfifo", keys.toString()).start().waitFor()).isZero();
    terminal =
        Operator.at(home)
            .with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString())
            .with("TERM", "xterm")
            .with("SHELL", "/bin/sh")
            .with("HUDDLE_TTY_IN", "1")
            .with("HUDDLE_TTY_OUT", "1")
            .with("HUDDLE_TTY_ERR", "1")
            // A terminal hangs up on what runs in it, also where the tests run under nohup.
            .through(
                "sh",
                "-c",
                "exec env --default-signal=HUP script -qefc \"$*\" /dev/null <>'" + keys + "'",
                "terminal");
    operator.write("holds.py", HOLDS);
    operator.write("quick.py", QUICK);
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
  }

  @AfterAll
  void removeHosts() {
    if (lab != null) {
      lab.close();
    }
  }

  private void type(String text) throws IOException {
    Files.writeString(keys, text, StandardOpenOption.WRITE);
  }

  private List<Map<String, Object>> apps() throws InterruptedException {
    Ended ended = operator.huddle("apps", "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    try {
      List<Map<String, Object>> apps = new java.util.ArrayList<>();
      for (Object app : (List<?>) JSON.std.mapFrom(ended.out()).get("applications")) {
        Map<String, Object> one = new java.util.HashMap<>();
        ((Map<?, ?>) app).forEach((key, value) -> one.put(String.valueOf(key), value));
        apps.add(one);
      }
      return apps;
    } catch (IOException e) {
      throw new AssertionError(ended.out(), e);
    }
  }

  private Map<String, Object> app(String name) throws InterruptedException {
    return apps().stream()
        .filter(app -> name.equals(app.get("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no application " + name));
  }

  /// What drivers and shells have on the Master's host.
  private String left() {
    return lab.host("one")
        .exec("ls /home/deploy/.huddle/jobs/run | grep -e submit- -e driver- || :")
        .stdout()
        .strip();
  }

  private void awaitNothingActive() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (apps().stream().anyMatch(app -> Boolean.TRUE.equals(app.get("active")))) {
      assertThat(System.nanoTime()).as("%s", apps()).isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  @Test
  @Order(1)
  void whatAProgramNeedsGoesAlong() throws IOException, InterruptedException {
    Files.createDirectories(home.resolve("mypackage"));
    operator.write("mypackage/__init__.py", "def twice(x): return 2 * x\n");
    operator.write("lone.py", "VALUE = 5\n");
    try (var zip =
        new java.util.zip.ZipOutputStream(Files.newOutputStream(home.resolve("lib.zip")))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("zipped.py"));
      zip.write("def plus(x): return x + 1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    operator.write("rows.csv", "a,b");
    operator.write("job.py", NEEDS_MUCH);
    Ended ended =
        operator.huddle(
            "submit",
            "--py-files",
            "mypackage,lone.py",
            "--py-files",
            "lib.zip",
            "--files",
            "rows.csv",
            "job.py");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(9);
    assertThat(ended.out())
        .contains("DRIVER a,b")
        .contains("EXECUTORS [(9, 'a,b'), (11, 'a,b')]")
        .contains("SHARE 2 1 768m")
        .doesNotContain("said on stderr");
    assertThat(ended.err()).contains("said on stderr");
    assertThat(left()).isEmpty();
    assertThat(app("job.py")).containsEntry("state", "FAILED").containsEntry("exit", 9);
  }

  @Test
  @Order(2)
  void aJarRunsAndAClassThatItLacksIsNamed() throws IOException, InterruptedException {
    JobJar.build(home);
    Ended ended = operator.huddle("submit", "--class", "example.Main", "job.jar", "4");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(4);
    assertThat(ended.out()).contains("SUM 55").doesNotContain("said on stderr");
    assertThat(ended.err()).contains("said on stderr").doesNotContain("Exception");
    Ended missing = operator.huddle("submit", "--class", "example.main", "job.jar");
    assertThat(missing)
        .isEqualTo(
            new Ended(2, "", "job.jar has no class example.main; did you mean example.Main?\n"));
    Ended unnamed = operator.huddle("submit", "job.jar");
    assertThat(unnamed)
        .isEqualTo(new Ended(2, "", "job.jar names no main class; name one with --class\n"));
  }

  @Test
  @Order(2)
  void aPackageIsResolvedHereAndGoesAlong() throws InterruptedException {
    operator.write(
        "driver.py",
        """
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.getOrCreate()
        loader = spark._jvm.Thread.currentThread().getContextClassLoader()
        print("LOADED", loader.loadClass("org.postgresql.Driver").getName())
        print("JARS", spark.sparkContext.getConf().get("spark.jars"))
        """);
    Ended ended =
        operator.huddle("submit", "--packages", "org.postgresql:postgresql:42.7.7", "driver.py");
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.out())
        .contains("LOADED org.postgresql.Driver")
        .containsPattern("JARS \\S*postgresql-42\\.7\\.7\\.jar");
    assertThat(left()).isEmpty();
  }

  @Test
  @Order(3)
  void whatNeverFitsOrCannotBeFoundIsRefusedBeforeADriverStarts() throws InterruptedException {
    int before = apps().size();
    Ended large = operator.huddle("submit", "--memory", "64g", "quick.py");
    assertThat(large.exit()).as("%s", large).isEqualTo(1);
    assertThat(large.err())
        .contains("an executor of 1 core and 64g fits no Worker", "one 2 cores and 2g");
    Ended wide = operator.huddle("submit", "--conf", "spark.executor.cores=3", "quick.py");
    assertThat(wide.exit()).as("%s", wide).isEqualTo(1);
    assertThat(wide.err()).contains("an executor of 3 cores");
    Ended nowhere = operator.huddle("submit", "--packages", "example:nothing:1", "quick.py");
    assertThat(nowhere.exit()).as("%s", nowhere).isEqualTo(1);
    assertThat(nowhere.err()).contains("example:nothing").doesNotContain("Exception");
    assertThat(apps()).hasSize(before);
    assertThat(left()).isEmpty();
  }

  @Test
  @Order(4)
  void whoWaitsHearsWhyAndADetachedOneIsSeenReadAndEnded()
      throws IOException, InterruptedException {
    Ended detached =
        operator.huddle(
            "submit", "--detach", "--json", "--cores", "all", "--name", "holder", "holds.py");
    assertThat(detached.exit()).as("%s", detached).isZero();
    Map<String, Object> said = JSON.std.mapFrom(detached.out());
    assertThat(said).containsEntry("version", 1).containsEntry("name", "holder");
    String id = String.valueOf(said.get("id"));
    assertThat(id).startsWith("app-");

    Running logs = operator.start("logs", "--follow", id);
    logs.awaitText("one driver: the driver's own words");
    // Python in an executor writes to the error stream of its JVM.
    logs.awaitText("stderr: an executor's own words");
    logs.signal("INT");
    assertThat(logs.end().exit()).isEqualTo(130);
    Ended both = operator.huddle("logs", "holder");
    assertThat(both.exit()).as("%s", both).isZero();
    assertThat(both.out()).containsPattern("one executor [0-9]+ stderr: an executor's");
    assertThat(both.out()).containsPattern("two executor [0-9]+ stderr: an executor's");

    Map<String, Object> holder = app("holder");
    assertThat(holder)
        .containsEntry("id", id)
        .containsEntry("state", "RUNNING")
        .containsEntry("cores", 4)
        .containsEntry("driverHost", "one")
        .containsEntry("detached", true);

    Running second = operator.start("submit", "--name", "second", "quick.py");
    second.awaitText("second: waiting for resources: it asked for executors of 1 core and 768m");
    second.awaitText("held by holder (deploy, " + id + ") 4 cores");
    Ended unknown = operator.huddle("apps", "kill", "holdre");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("did you mean holder?");
    Ended hostile = operator.huddle("apps", "kill", "\u001b[31m$(reboot)");
    assertThat(hostile.exit()).isEqualTo(1);
    assertThat(hostile.err()).contains("there is no Application \"$(reboot)\"");

    Ended killed = operator.huddle("apps", "kill", "holder");
    assertThat(killed.exit()).as("%s", killed).isZero();
    Ended ended = second.end();
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.out()).contains("COUNT 10");
    assertThat(ended.err()).contains("second: it got 2 cores");
    assertThat(app("holder")).containsEntry("state", "KILLED").containsEntry("active", false);
    assertThat(operator.huddle("apps", "kill", id).err()).contains("has ended already");
    assertThat(left()).isEmpty();
    Ended after = operator.huddle("logs", "-n", "100000", id);
    assertThat(after.out()).contains("one driver: the driver's own words");
  }

  @Test
  @Order(5)
  void oneThatEndsBeforeItNeedsTheClusterSaysWhatItSaid() throws InterruptedException {
    operator.write("broken.py", "raise ValueError('no such month')\n");
    Ended ended = operator.huddle("submit", "--detach", "broken.py");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
    assertThat(ended.err())
        .contains("ValueError: no such month")
        .contains("broken.py ended with exit code 1 before the Master had it");
    assertThat(left()).isEmpty();
  }

  @Test
  @Order(6)
  void aTerminalShowsHowFarItIs() throws InterruptedException {
    Running running = terminal.start("submit", "--name", "watched", "holds.py");
    running.awaitText(" of 40 tasks, ");
    running.awaitText("foreach at holds.py:9");
    assertThat(operator.huddle("apps", "kill", "watched").exit()).isZero();
    Ended ended = running.end();
    assertThat(ended.exit()).as("%s", ended).isEqualTo(143);
    awaitNothingActive();
  }

  @Test
  @Order(7)
  void aPythonShellIsTypedIntoInterruptedAndEndsWithItsTerminal()
      throws IOException, InterruptedException {
    Running shell = terminal.start("shell");
    shell.awaitText(">>> ");
    type("print('SUM', spark.range(5).selectExpr('sum(id)').first()[0] + 32)\n");
    shell.awaitText("SUM 42");
    assertThat(app("python shell")).containsEntry("state", "RUNNING");
    type("import time; print('asleep'); time.sleep(1000)\n");
    shell.awaitText("\nasleep");
    type("\u0003");
    shell.awaitText("KeyboardInterrupt");
    type("print('still', 'there')\n");
    shell.awaitText("\nstill there");
    windowIsClosed(shell);
  }

  @Test
  @Order(7)
  void aShellThatIsBusyEndsWithItsTerminalToo() throws IOException, InterruptedException {
    Running shell = terminal.start("shell");
    shell.awaitText(">>> ");
    type("import time; print('asleep'); time.sleep(1000)\n");
    shell.awaitText("\nasleep");
    windowIsClosed(shell);
  }

  @Test
  @Order(7)
  void aPipedShellThatIsInterruptedLeavesNothing() throws IOException, InterruptedException {
    Running shell =
        operator.start(
            "shell", "sql", "-e", "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1");
    awaitActive("sql shell");
    // As a terminal does, to all that it runs.
    shell.process().children().forEach(ssh -> ssh.destroy());
    shell.signal("INT");
    assertThat(shell.end().exit()).isNotZero();
    awaitNothingActive();
    assertThat(left()).isEmpty();
  }

  private void awaitActive(String name) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (apps().stream()
        .noneMatch(
            app -> Boolean.TRUE.equals(app.get("active")) && "RUNNING".equals(app.get("state")))) {
      assertThat(System.nanoTime()).as("%s waits for %s", apps(), name).isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  private void windowIsClosed(Running shell) throws InterruptedException {
    shell.process().destroyForcibly().waitFor();
    awaitNothingActive();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!left().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  @Order(8)
  void scalaAndSqlAreThereToo() throws InterruptedException {
    Ended sql = operator.huddle("shell", "sql", "-e", "SELECT 40 + 2, 'it''s'");
    assertThat(sql.exit()).as("%s", sql).isZero();
    assertThat(sql.out()).contains("42\tit's");
    Operator piped =
        Operator.at(home)
            .with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString())
            .through(
                "sh", "-c", "printf 'println(spark.range(5).count + 37)\\n' | \"$@\"", "piped");
    Ended scala = piped.huddle("shell", "scala");
    assertThat(scala.exit()).as("%s", scala).isZero();
    assertThat(scala.out()).contains("42");
    assertThat(operator.huddle("shell", "skala"))
        .isEqualTo(
            new Ended(
                2, "", "skala is no shell; did you mean scala?; write python, scala or sql\n"));
    assertThat(left()).isEmpty();
  }

  @Test
  @Order(9)
  void aNotebookIsExecutedAndSavedBesideItAlsoWhenACellFails()
      throws IOException, InterruptedException {
    operator.write("lone.py", "VALUE = 5\n");
    operator.write("lines.txt", "one\ntwo\n");
    operator.write(
        "report.ipynb",
        notebook(
            "import lone\nprint('LONE', lone.VALUE, open('lines.txt').read().split())",
            "spark.range(5).selectExpr('sum(id) + 32 AS answer').toPandas()",
            "1 / 0",
            "print('never')"));
    Ended ended =
        operator.huddle(
            "submit",
            "--py-files",
            "lone.py",
            "--files",
            "lines.txt",
            "--name",
            "report",
            "report.ipynb");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
    assertThat(ended.out())
        .contains("LONE 5 ['one', 'two']")
        .contains("42")
        .doesNotContain("never");
    assertThat(ended.err())
        .contains("cell 3 of 4 failed: ZeroDivisionError: division by zero")
        .contains("Its outputs are in " + home.resolve("report.out.ipynb"));
    assertThat(Files.readString(home.resolve("report.out.ipynb")))
        .contains("LONE 5", "answer", "42", "ZeroDivisionError");
    assertThat(Files.readString(home.resolve("report.ipynb"))).doesNotContain("LONE 5");
    assertThat(app("report")).containsEntry("state", "FAILED").containsEntry("driverHost", "one");
    assertThat(left()).isEmpty();
    operator.write("none.ipynb", "{}");
    Ended none = operator.huddle("submit", "none.ipynb");
    assertThat(none.exit()).as("%s", none).isEqualTo(1);
    assertThat(none.err()).contains("none.ipynb is no notebook").doesNotContain("Traceback");
  }

  private static String notebook(String... cells) throws IOException {
    List<Map<String, Object>> all = new java.util.ArrayList<>();
    for (String cell : cells) {
      all.add(
          Map.of("cell_type", "code", "metadata", Map.of(), "outputs", List.of(), "source", cell));
    }
    return JSON.std.asString(
        Map.of("cells", all, "metadata", Map.of(), "nbformat", 4, "nbformat_minor", 4));
  }
}
