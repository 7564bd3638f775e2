package huddle.cli;

import static huddle.change.HostShell.await;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.HostShell;
import huddle.shell.Script;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts behind exec and logs.
class CliScriptsTest {
  @TempDir private Path home;
  private Path root;

  @BeforeEach
  void install() throws IOException {
    root = Files.createDirectories(home.resolve(".huddle/penguins"));
  }

  private Script exec(String command) {
    return Script.resource(ExecCommand.class, "exec")
        .with("ROOT", "~/.huddle/penguins")
        .with("COMMAND", command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void execWithoutAClusterRunsInTheLoginsHome(String shell) throws Exception {
    Output output = new HostShell(shell, home).run(exec("'sh' '-c' 'pwd; exit 7'"));
    assertThat(output).isEqualTo(new Output(7, home + "\n", ""));
    assertThat(new HostShell(shell, home).run(exec("'no-such-program'")).exit()).isEqualTo(127);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void execHasTheClustersSettings(String shell) throws Exception {
    Files.createDirectories(root.resolve("spark-4.2.0.part"));
    Path spark = Files.createDirectories(root.resolve("spark-4.3.0"));
    Files.writeString(spark.resolve(".huddle"), "x");
    Files.createDirectories(root.resolve("conf"));
    Files.writeString(
        root.resolve("conf/spark-env.sh"),
        "export JAVA_HOME='/the java'\nexport PATH='/first':\"$PATH\"\nexport HUDDLE_HOST='one'\n");
    Output output =
        new HostShell(shell, home)
            .with("SPARK_HOME", "/other")
            .run(
                exec(
                    "'sh' '-c' 'echo \"$SPARK_HOME|$SPARK_CONF_DIR|$HUDDLE_HOST|$PATH|$1\"' 'sh' 'it'\\''s $X'"));
    assertThat(output.stdout())
        .startsWith(spark + "|" + root + "/conf|one|/the java/bin:/first:")
        .endsWith(":" + spark + "/bin|it's $X\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void logsFollowUntilStandardInputEnds(String shell) throws Exception {
    Script script =
        Script.resource(LogsCommand.class, "logs")
            .with("ROOT", root.toString())
            .with("ROLE", "worker")
            .with("LINES", "1")
            .with("FOLLOW", "yes");
    assertThat(new HostShell(shell, home).run(script))
        .isEqualTo(new Output(1, "", "no log: the worker was never started here\n"));

    Path log = Files.createDirectories(root.resolve("logs")).resolve("worker.log");
    Files.writeString(log, "before\nlast\n");
    Process process = new HostShell(shell, home).start(script);
    assertThat(
            new String(
                process.getInputStream().readNBytes(5), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("last\n");
    Files.writeString(log, "more\n", java.nio.file.StandardOpenOption.APPEND);
    assertThat(
            new String(
                process.getInputStream().readNBytes(5), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("more\n");
    var tail = process.descendants().toList();
    assertThat(tail).isNotEmpty();
    process.getOutputStream().close();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    await("tail's end", () -> tail.stream().noneMatch(ProcessHandle::isAlive));
  }
}
