package huddle.submit;

import static huddle.change.HostShell.await;
import static huddle.change.HostShell.program;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.Change;
import huddle.change.HostShell;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Connectors;
import huddle.ssh.Destination;
import huddle.ssh.Output;
import huddle.ssh.SshClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Drivers on this machine, with programs that stand in for Python and spark-submit.
class SubmissionTest {
  @TempDir private Path folder;
  private Path root;
  private Path spark;
  private Path python;
  private Path app;

  @BeforeEach
  void install() throws IOException {
    root = folder.toRealPath().resolve("home of o'neill/.huddle/p");
    spark = root.resolve("spark-4.3.0");
    Files.createDirectories(spark.resolve("python/lib"));
    Files.writeString(spark.resolve("python/lib/py4j-0.10.9-src.zip"), "");
    Files.createDirectories(root.resolve("conf"));
    Files.writeString(root.resolve("conf/spark-env.sh"), "export HUDDLE_HOST=one\n");
    python = folder.toRealPath().resolve("python");
    app = Files.writeString(folder.resolve("it's a job.py"), "print()");
  }

  private void python(String text) throws IOException {
    program(python, text);
  }

  private Application application(Path file, String... arguments) {
    return new Application(
        file,
        List.of(arguments),
        "",
        "it's a job",
        Map.of("spark.pyspark.python", python.toString()));
  }

  private Connection here(Map<String, String> more) {
    Map<String, String> environment =
        Stream.concat(
                Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()).entrySet().stream(),
                more.entrySet().stream())
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Connectors(
            SshClient.system(folder.resolve("known_hosts"), environment), environment, event -> {})
        .connect(
            "localhost",
            new Destination("localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()));
  }

  private Submission.Place place() {
    return new Submission.Place(root.toString(), spark.toString(), "ada@here");
  }

  private Output submit(Application application, Map<String, String> login)
      throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Submission submission = new Submission(here(login), place());
    submission.send(application);
    int exit = submission.run(application, out, err);
    return new Output(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void streamsArgumentsAndExitCodeArePassedOnAndNothingIsLeft() throws Exception {
    python("echo out\necho err >&2\nfor a; do echo \"[$a]\"; done\nexit 7");
    Output output = submit(application(app, "--rows", "10 00", "it's", "", "$HOME"), Map.of());
    assertThat(output.exit()).isEqualTo(7);
    assertThat(output.stderr()).isEqualTo("err\n");
    assertThat(output.stdout().lines().toList()).element(0).isEqualTo("out");
    assertThat(output.stdout())
        .containsPattern(
            "\\[.*/run/submit-.*/it's a job\\.py\\]\n\\[--rows\\]\n\\[10 00\\]\n\\[it's\\]\n\\[\\]\n\\[\\$HOME\\]\n");
    assertThat(root.resolve("run")).isEmptyDirectory();
  }

  @Test
  void theDriverSeesTheClustersSettingsAndNotTheLogins() throws Exception {
    python("env");
    String env =
        submit(
                application(app),
                // Many a login exports PYTHON.
                Map.of("PYTHON", "/other", "SPARK_CONF_DIR", "/other", "PYTHONHOME", "/other"))
            .stdout();
    assertThat(env.lines())
        .contains(
            "SPARK_CONF_DIR=" + root + "/conf",
            "SPARK_HOME=" + spark,
            "PYTHONPATH=" + spark + "/python:" + spark + "/python/lib/py4j-0.10.9-src.zip",
            "PYSPARK_PYTHON=" + python,
            "PYSPARK_SUBMIT_ARGS=--conf \""
                + javaOptions()
                + "\" '--name' 'it'\\''s a job' '--conf' 'spark.pyspark.python="
                + python
                + "' pyspark-shell",
            "HUDDLE_HOST=one",
            "SPARK_LAUNCHER_OPTS=-XX:-UsePerfData")
        .noneMatch(line -> line.startsWith("PYTHONHOME"));
    assertThat(env).doesNotContain("/other\n");
  }

  /// Scratch files below the root, and no word of the JVM's about it.
  private String javaOptions() {
    return "spark.driver.defaultJavaOptions=-Djava.io.tmpdir='%s/tmp' -XX:-UsePerfData -XX:ErrorFile='%s/logs/hs_err_%%p.log' -XX:-CreateCoredumpOnCrash"
        .formatted(root, root);
  }

  @Test
  void aJarGoesThroughSparkSubmit() throws Exception {
    program(spark.resolve("bin/spark-submit"), "for a; do echo \"[$a]\"; done\nexit 3");
    Path jar = Files.writeString(folder.resolve("job.jar"), "PK");
    Application application =
        new Application(jar, List.of("a b"), "example.Main", "job", Map.of("spark.x", "1 2"));
    Output output = submit(application, Map.of());
    assertThat(output.exit()).isEqualTo(3);
    assertThat(output.stdout())
        .startsWith(
            "[--conf]\n["
                + javaOptions()
                + "]\n[--name]\n[job]\n[--conf]\n[spark.x=1 2]\n[--class]\n[example.Main]\n")
        .endsWith("/job.jar]\n[a b]\n");
  }

  @Test
  void whatADriverLeavesBehindEndsWithIt() throws Exception {
    python("sleep 1000 & echo $!\nexit 0");
    Output output = submit(application(app), Map.of());
    long left = Long.parseLong(output.stdout().strip());
    assertThat(output.exit()).isZero();
    assertThat(HostShell.isAlive(left)).isFalse();
  }

  @Test
  void aDriverThatASignalEndsHasTheLastWord() throws Exception {
    python("echo last >&2\nkill -TERM $$");
    Output output = submit(application(app), Map.of());
    assertThat(output.exit()).isEqualTo(143);
    assertThat(output.stderr()).isEqualTo("last\n");
  }

  @Test
  void anInterruptEndsTheDriver() throws Exception {
    Path pid = folder.resolve("pid");
    python("echo $$ >'" + pid + ".new'; mv '" + pid + ".new' '" + pid + "'\nexec sleep 1000");
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread command =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                end.complete("" + submit(application(app), Map.of()).exit());
              } catch (InterruptedException e) {
                end.complete("interrupted");
              }
            });
    await("the driver", () -> Files.exists(pid));
    long driver = Long.parseLong(Files.readString(pid).strip());
    command.interrupt();
    try {
      assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
      await("the driver's end", () -> !HostShell.isAlive(driver));
      await("its files' end", () -> !Files.exists(root.resolve("run/driver-x")) && isEmpty());
    } finally {
      ProcessHandle.of(driver).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("run"))) {
      return files.findAny().isEmpty();
    }
  }

  private Script driver(String program) {
    return new Script("submit", "drive " + program + "\n", Map.of())
        .after(Script.resource(Submission.class, "driver"))
        .after(Script.resource(Submission.class, "python"))
        .after(Script.resource(Submission.class, "session"))
        .after(Script.resource(Change.class, "environment"))
        .with("ROOT", root.toString())
        .with("SPARK_HOME", spark.toString())
        .with("ID", "1-2-3")
        .with("DETACHED", "")
        .with("ABOUT", "name=x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void theEndOfStandardInputEndsTheDriverHoweverSoonItComes(String shell) throws Exception {
    Files.createDirectories(root.resolve("run/submit-1-2-3"));
    Output output = new HostShell(shell, folder).run(driver("sleep 1000"));
    assertThat(output.exit()).isEqualTo(143);
    assertThat(root.resolve("run")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void whileItRunsAStopCanFindIt(String shell) throws Exception {
    Files.createDirectories(root.resolve("run/submit-1-2-3"));
    Process process =
        new HostShell(shell, folder).start(driver("sh -c 'trap \"\" INT; sleep 1000; :'"));
    Path file = root.resolve("run/driver-1-2-3");
    await("the run file", () -> Files.exists(file) && Files.readString(file).contains("start="));
    List<String> run = Files.readAllLines(file);
    long pid = Long.parseLong(run.getFirst().substring("pid=".length()));
    assertThat(run.get(1)).isEqualTo("start=" + HostShell.stat(pid, 22));
    await("its session", () -> HostShell.session(pid).size() == 2);
    process.getOutputStream().close();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(HostShell.session(pid)).isEmpty();
  }

  @Test
  void aDetachedDriverGoesOnAndLeavesItsOutputAndItsEnd() throws Exception {
    Path go = folder.resolve("go");
    python("echo $$; while [ ! -f '" + go + "' ]; do sleep 0.1; done; echo late >&2; exit 5");
    Connection connection = here(Map.of());
    Submission submission = new Submission(connection, place());
    submission.send(application(app));
    submission.detach(application(app));
    Drivers drivers = new Drivers(connection, root.toString());
    await("its record", () -> drivers.all().stream().anyMatch(DriverRecord::running));
    DriverRecord running = drivers.all().getFirst();
    assertThat(running.id()).isEqualTo(submission.id());
    assertThat(running.name()).isEqualTo("it's a job");
    assertThat(running.by()).isEqualTo("ada@here");
    assertThat(running.detached()).isTrue();
    Files.createFile(go);
    await("its end", () -> drivers.all().stream().noneMatch(DriverRecord::running));
    await("its files' end", this::isEmpty);
    assertThat(drivers.all().getFirst().exit()).hasValue(5);
    assertThat(drivers.output(submission.id())).endsWith("late\n");
  }

  @Test
  void aDriverIsEndedByItsId() throws Exception {
    python("exec sleep 1000");
    Connection connection = here(Map.of());
    Submission submission = new Submission(connection, place());
    submission.send(application(app));
    submission.detach(application(app));
    Drivers drivers = new Drivers(connection, root.toString());
    await("its record", () -> drivers.all().stream().anyMatch(DriverRecord::running));
    assertThat(drivers.end(submission.id())).isTrue();
    assertThat(root.resolve("run")).isEmptyDirectory();
    assertThat(drivers.all().getFirst().exit()).hasValue(143);
    assertThat(drivers.end(submission.id())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void logsOfExecutorsComeInPartsFromTheLastLinesOn(String shell) throws Exception {
    Path executor = Files.createDirectories(root.resolve("work/app-1-0001/3"));
    Files.createDirectories(root.resolve("work/app-1-0001/not-one"));
    Files.createDirectories(root.resolve("logs"));
    Files.writeString(executor.resolve("stderr"), "one\ntwo\nthree\n");
    Files.writeString(executor.resolve("stdout"), "no end of line");
    Files.writeString(root.resolve("logs/driver-7-8.log"), "F 3 stderr 4\nhi\n");
    Script logs =
        Script.resource(Submission.class, "app-logs")
            .with("ROOT", root.toString())
            .with("APP", "app-1-0001")
            .with("DRIVER", "7-8")
            .with("LINES", "2");
    Output output = new HostShell(shell, folder).run(logs.with("FOLLOW", ""));
    assertThat(output.stdout())
        .isEqualTo(
            "F driver output 16\nF 3 stderr 4\nhi\nF 3 stdout 14\nno end of lineF 3 stderr 10\ntwo\nthree\n");

    Process following = new HostShell(shell, folder).start(logs.with("FOLLOW", "yes"));
    java.util.concurrent.BlockingQueue<String> lines =
        new java.util.concurrent.LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            LogParts.read(
                following.getInputStream(), (place, line) -> lines.add(place + ": " + line));
          } catch (IOException e) {
            lines.add("broken: " + e.getMessage());
          }
        });
    await("what is there", () -> lines.contains("executor 3 stderr: three"));
    Path next = Files.createDirectories(root.resolve("work/app-1-0001/4"));
    Files.writeString(
        executor.resolve("stdout"), " at first\n", java.nio.file.StandardOpenOption.APPEND);
    Files.writeString(next.resolve("stderr"), "a\nb\nc\n");
    await("the new executor", () -> lines.contains("executor 4 stderr: c"));
    assertThat(lines)
        .contains("executor 4 stderr: a", "executor 3 stdout: no end of line at first");
    following.getOutputStream().close();
    assertThat(following.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }
}
