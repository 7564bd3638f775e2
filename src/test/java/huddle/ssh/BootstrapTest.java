package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.event.Failure;
import huddle.shell.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The constant command under every login shell that is here, with start-up files that print.
class BootstrapTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir Path home;

  /// What sshd does: the login shell, `-c`, the command.
  private record LoginShell(List<String> words, Path home) implements Shell {
    @Override
    public String host() {
      return "worker.one";
    }

    @Override
    public Process start() throws IOException {
      ProcessBuilder builder = new ProcessBuilder(words);
      // By these bash knows sshd, and reads .bashrc.
      Map<String, String> ssh =
          Map.of("HOME", home.toString(), "SSH_CLIENT", "x 1 2", "SHLVL", "0");
      builder.environment().putAll(ssh);
      return builder.start();
    }

    @Override
    public Optional<Failure> broken(int exit, boolean began, String stderr) {
      return Optional.empty();
    }

    @Override
    public void end(Process process, String pid) {
      process.destroyForcibly();
    }
  }

  private ScriptRunner runner(String shell) throws Exception {
    List<String> words = new java.util.ArrayList<>(List.of(shell.split(" ")));
    assumeTrue(Sshd.onPath(words.getFirst()), "skipped: no " + words.getFirst());
    words.addAll(List.of("-c", Bootstrap.COMMAND));
    Files.writeString(home.resolve(".bashrc"), "echo Welcome to bash; echo more >&2\n");
    Files.writeString(home.resolve(".zshenv"), "echo Welcome to zsh\n");
    Files.writeString(home.resolve(".cshrc"), "echo Welcome to csh\nset prompt = '!'\n");
    Files.createDirectories(home.resolve(".config/fish"));
    Files.writeString(home.resolve(".config/fish/config.fish"), "echo -n Welcome to fish\n");
    return new ScriptRunner(new LoginShell(words, home), 1 << 20, 1 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "busybox sh", "tcsh", "csh", "fish", "zsh"})
  void runsUnderEveryLoginShell(String shell) throws Exception {
    Script script =
        new Script(
            "probe", "echo \"$v\"; cat; echo err >&2; exit 5", Map.of("v", "!a $b 'c' \\ `d`"));
    Output output =
        runner(shell)
            .run(script, out -> out.write("data\n".getBytes(StandardCharsets.UTF_8)), BOUND);
    assertThat(output).isEqualTo(new Output(5, "!a $b 'c' \\ `d`\ndata\n", "err\n"));
  }

  @Test
  void aStartUpFileThatEndsTheShellIsQuoted() throws Exception {
    ScriptRunner runner = runner("bash");
    Files.writeString(home.resolve(".bashrc"), "echo Closed for today.\nexit 0\n");
    assertThatThrownBy(() -> runner.run(new Script("probe", ":", Map.of()), out -> {}, BOUND))
        .isInstanceOf(Failure.class)
        .hasMessage("the login shell did not run a command but printed: Closed for today.");
    assertThatThrownBy(() -> runner.start(new Script("probe", ":", Map.of())))
        .hasMessage("the login shell did not run a command but printed: Closed for today.");
  }

  @Test
  void noiseWithoutEndIsNotWaitedThrough() throws Exception {
    ScriptRunner runner = runner("bash");
    Files.writeString(home.resolve(".bashrc"), "while :; do echo noise; done\n");
    assertThatThrownBy(() -> runner.run(new Script("probe", ":", Map.of()), out -> {}, BOUND))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("noise noise");
    assertThatThrownBy(() -> runner.start(new Script("probe", ":", Map.of())))
        .hasMessageContaining("noise noise");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void aScriptThatWasCutOnItsWayDoesNotRunInPart(String shell) throws Exception {
    Path made = home.resolve("made");
    Bootstrap bootstrap = Bootstrap.random();
    byte[] frame =
        bootstrap.frame(new Script("probe", "echo >" + made + "\necho done\n", Map.of()));
    Process process = ((LoginShell) runner(shell).shell()).start();
    process.getOutputStream().write(frame, 0, frame.length - 8);
    process.getOutputStream().close();
    assertThat(process.waitFor()).isNotZero();
    assertThat(made).doesNotExist();
  }

  /// A dd that knows no `fullblock` (an old busybox) refuses it before it reads anything.
  @Test
  void worksWithTheOldestDd() throws Exception {
    Path bin = Files.createDirectory(home.resolve("bin"));
    Path dd = bin.resolve("dd");
    Files.writeString(
        dd,
        "#!/bin/sh\nfor a; do case $a in iflag=*) echo no >&2; exit 1;; esac; done\nexec /bin/dd \"$@\"\n");
    assertThat(dd.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", Bootstrap.PROGRAM);
    builder.environment().put("PATH", bin + ":/usr/bin:/bin");
    Process process = builder.start();
    process
        .getOutputStream()
        .write(Bootstrap.random().frame(new Script("probe", "# ☃\ncat", Map.of())));
    process.getOutputStream().write("rest".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .endsWith("\nrest");
  }

  @Test
  void theCommandHoldsNothingOfTheScript() {
    assertThat(Bootstrap.COMMAND).doesNotContain("!", "\n", "\\");
    assertThat(Bootstrap.random().marker()).isNotEqualTo(Bootstrap.random().marker());
    assertThatThrownBy(() -> Bootstrap.random().frame(new Script("probe", "a\0b", Map.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePreambleLeavesWhatFollowsItUnread() throws Exception {
    var in =
        new ByteArrayInputStream("noise hud-hud-1 42\nown".getBytes(StandardCharsets.US_ASCII));
    assertThat(Preamble.read(in, "hud-1")).isEqualTo(new Preamble(true, "42", "noise hud-"));
    assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("own");
  }
}
