package huddle.change;

import static huddle.change.HostShell.await;
import static huddle.change.HostShell.hurried;
import static huddle.change.HostShell.isAlive;
import static huddle.change.HostShell.program;
import static huddle.change.HostShell.stat;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.shell.Script;
import huddle.spark.ConfFile;
import huddle.spark.ConfText;
import huddle.spark.HostSettings;
import huddle.spark.SampleSettings;
import huddle.spec.Role;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Starting and stopping daemons, with a program that stands in for Spark's.
class DaemonScriptsTest {
  /// Notes what it was started with, reads spark-env.sh as Spark does, and goes on.
  private static final String SPARK_CLASS =
      """
      here=${0%/bin/*}
      printf '%s\\n' "$@" >"$here/args"
      env >"$here/env"
      . "$SPARK_CONF_DIR/spark-env.sh"
      echo started
      """;

  @TempDir private Path folder;
  private Path root;
  private HostSettings settings;

  @BeforeEach
  void install() throws IOException {
    root = folder.toRealPath().resolve("home of o'neill ü $HOME/.huddle/penguins");
    settings = SampleSettings.full(root.toString());
    for (ConfFile file : ConfText.files(settings)) {
      Path path = root.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.text());
    }
    spark("exec sleep 1000");
  }

  private void spark(String rest) throws IOException {
    program(Path.of(settings.sparkHome(), "bin/spark-class"), SPARK_CLASS + rest);
  }

  @AfterEach
  void endAll() throws IOException {
    for (Role role : Role.values()) {
      if (Files.exists(root.resolve("run/" + role.word()))) {
        for (long pid : HostShell.session(pid(role))) {
          ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  private Map<String, String> run(Role role) throws IOException {
    return Files.readAllLines(root.resolve("run/" + role.word())).stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  private long pid(Role role) throws IOException {
    return Long.parseLong(run(role).get("pid"));
  }

  private HostShell shell(String name) {
    return new HostShell(name, folder);
  }

  private Output start(HostShell shell, Role role) throws IOException, InterruptedException {
    Action.StartDaemon start =
        new StartDaemon(settings, role, Change.Verb.ADD, "")
            .actions().stream()
                .filter(Action.StartDaemon.class::isInstance)
                .map(Action.StartDaemon.class::cast)
                .findFirst()
                .orElseThrow();
    Output output = shell.run(start.script().with("DIGEST", "abc123"));
    assertThat(output).isEqualTo(new Output(0, "", ""));
    await("the daemon", () -> Files.readString(log(role)).endsWith("started\n"));
    return output;
  }

  private Path log(Role role) {
    return root.resolve("logs/" + role.word() + ".log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aWorkerStartsInASessionOfItsOwnWithItsSettingsAndNoneOfTheLogins(String name)
      throws Exception {
    HostShell login =
        shell(name)
            .with("SPARK_HOME", "/opt/other-spark")
            .with("SPARK_LOCAL_DIRS", "/other")
            .with("SPARK_WORKER_OPTS", "-Dother")
            .with("PYSPARK_PYTHON", "/other/python")
            .with("PYTHONPATH", "/other")
            .with("PYTHONSTARTUP", "/other")
            .with("HADOOP_CONF_DIR", "/other")
            .with("YARN_CONF_DIR", "/other")
            .with("JAVA_TOOL_OPTIONS", "-Dother")
            .with("_JAVA_OPTIONS", "-Dother")
            .with("CLASSPATH", "/other")
            .with("BASH_ENV", "/other")
            .with("JAVA_HOME", "/opt/other-java")
            .with("ODD", "two\nlines=2\nSPARK_X=3")
            .with("KEPT", "yes");

    start(login, Role.WORKER);

    long pid = pid(Role.WORKER);
    assertThat(stat(pid, 6)).as("session").isEqualTo(Long.toString(pid));
    assertThat(run(Role.WORKER))
        .containsEntry("start", stat(pid, 22))
        .containsEntry("digest", "abc123")
        .hasSize(3);
    Path spark = Path.of(settings.sparkHome());
    assertThat(Files.readAllLines(spark.resolve("args")))
        .containsExactly(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "10.0.0.1",
            "--port",
            "7078",
            "--webui-port",
            "8081",
            "--cores",
            "4",
            "--memory",
            "6144m",
            "--work-dir",
            root + "/work",
            "spark://10.0.0.1:7077");
    List<String> environment = Files.readAllLines(spark.resolve("env"));
    assertThat(environment)
        .contains(
            "SPARK_HOME=" + settings.sparkHome(),
            "SPARK_CONF_DIR=" + root + "/conf",
            "SPARK_LOCAL_DIRS=" + root + "/work/local",
            "SPARK_DAEMON_MEMORY=1024m",
            "SPARK_DAEMON_JAVA_OPTS=-Dhuddle.cluster=penguins \"-Dhuddle.root="
                + root
                + "\" -Dhuddle.log.level=INFO",
            "JDK_JAVA_OPTIONS=@" + root + "/conf/worker.opts",
            "TMPDIR=" + root + "/tmp",
            "KEPT=yes")
        .filteredOn(line -> line.contains("other") && !line.startsWith("JAVA_HOME="))
        .isEmpty();
    assertThat(root.resolve("work/local")).isDirectory();
    assertThat(Files.getPosixFilePermissions(log(Role.WORKER))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void theLastRunsLogIsKept(String name) throws Exception {
    Files.createDirectories(root.resolve("logs"));
    Files.writeString(log(Role.MASTER), "before\n");
    start(shell(name), Role.MASTER);
    assertThat(root.resolve("logs/master.log.1")).hasContent("before");
    assertThat(Files.readAllLines(Path.of(settings.sparkHome(), "args")))
        .startsWith("org.apache.spark.deploy.master.Master", "--host", "10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void stoppingEndsTheSessionAndNothingElse(String name) throws Exception {
    spark("sleep 1000 & sleep 1000 & wait");
    start(shell(name), Role.WORKER);
    long worker = pid(Role.WORKER);
    await("the executors", () -> HostShell.session(worker).size() == 3);
    start(shell(name), Role.MASTER);

    assertThat(shell(name).run(stop(Role.WORKER, 5))).isEqualTo(new Output(0, "", ""));

    assertThat(HostShell.session(worker)).isEmpty();
    assertThat(root.resolve("run/worker")).doesNotExist();
    assertThat(isAlive(pid(Role.MASTER))).isTrue();
    assertThat(shell(name).run(stop(Role.WORKER, 5)).exit()).as("stopped already").isZero();
  }

  private Script stop(Role role, int seconds) {
    Action.RunScript run =
        (Action.RunScript) new StopDaemon("one", root.toString(), role, "").actions().getFirst();
    return hurried(run.script().with("SECONDS_LEFT", Integer.toString(seconds)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void whoeverIgnoresTheRequestIsEnded(String name) throws Exception {
    spark("trap '' TERM\nwhile :; do sleep 1000; done");
    start(shell(name), Role.WORKER);
    long worker = pid(Role.WORKER);
    assertThat(shell(name).run(stop(Role.WORKER, 1)).exit()).isZero();
    assertThat(HostShell.session(worker)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aRunFileOfAnotherProcessOrOfNoneStopsNothing(String name) throws Exception {
    start(shell(name), Role.WORKER);
    long worker = pid(Role.WORKER);
    String file = Files.readString(root.resolve("run/worker"));
    for (String stale :
        List.of(
            file.replaceAll("start=[0-9]+", "start=1"),
            "pid=\nstart=1\n",
            "pid=-1\nstart=1\n",
            "pid=" + worker + "\n",
            "junk",
            "")) {
      Files.writeString(root.resolve("run/worker"), stale);
      assertThat(shell(name).run(stop(Role.WORKER, 1)).exit()).isZero();
      assertThat(isAlive(worker)).as(stale).isTrue();
      assertThat(root.resolve("run/worker")).doesNotExist();
    }
    Files.writeString(root.resolve("run/worker"), file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void stoppingAMasterEndsItsDrivers(String name) throws Exception {
    start(shell(name), Role.WORKER);
    Files.move(root.resolve("run/worker"), root.resolve("run/driver-1-2-3"));
    long driver =
        Long.parseLong(
            Files.readAllLines(root.resolve("run/driver-1-2-3")).getFirst().substring(4));
    assertThat(shell(name).run(stop(Role.WORKER, 5)).exit()).isZero();
    assertThat(isAlive(driver)).isTrue();
    assertThat(shell(name).run(stop(Role.MASTER, 5)).exit()).isZero();
    assertThat(isAlive(driver)).isFalse();
    assertThat(root.resolve("run/driver-1-2-3")).doesNotExist();
  }
}
