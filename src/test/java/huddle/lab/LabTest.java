package huddle.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.ssh.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabTest {
  private Lab lab;

  @BeforeAll
  void up() {
    lab =
        LabHosts.up(
            LabTest.class,
            HostOptions.of("plain"),
            HostOptions.of("worker.one")
                .withLogin(
                    Login.of("ada")
                        .withHome("/data/users/ada")
                        .withShell(LoginShell.FISH)
                        .withNoise())
                .withJavas(25)
                .with(Quirk.NAME_IS_LOOPBACK, Quirk.NOEXEC_TMP),
            HostOptions.of("under_score")
                .withLogin(
                    Login.of("spark")
                        .withHome("/srv/people/spark")
                        .withShell(LoginShell.TCSH)
                        .withNoise())
                .withOther(Login.of("kim").withNoise())
                .withJavas()
                .with(Quirk.NAME_UNKNOWN, Quirk.NO_PYTHON),
            HostOptions.of("tiny")
                .withLogin(Login.of("ops").withHome("/opt/.ops/home-2").withShell(LoginShell.ASH))
                .withOther(Login.of("guest").withPassword("penguin").withShell(LoginShell.SH))
                .withDiskMiB(48)
                .withFile("/opt/tools/hello", "#!/bin/sh\necho 'it'\"'\"'s me'\n")
                .with(Quirk.BUSYBOX_SH),
            HostOptions.of("rekeyed").with(Quirk.NEW_KEY_AT_BOOT));
  }

  @AfterAll
  void down() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void everyLoginIsLetInByKeyWhateverItsShellAndHome() {
    assertThat(ssh("plain", "id -un; pwd").stdout()).isEqualTo("deploy\n/home/deploy\n");
    assertThat(ssh("worker.one", "id -un; pwd").stdout()).endsWith("ada\n/data/users/ada\n");
    assertThat(ssh("under_score", "id -un; pwd").stdout()).endsWith("spark\n/srv/people/spark\n");
    assertThat(ssh("kim@under_score", "id -un; pwd").stdout()).endsWith("kim\n/home/kim\n");
    assertThat(ssh("tiny", "id -un; pwd").stdout()).isEqualTo("ops\n/opt/.ops/home-2\n");
    assertThat(ssh("tiny", "id -u").stdout()).isNotEqualTo(ssh("plain", "id -u").stdout());
  }

  @Test
  void aNoisyLoginPrintsLinesAndEscapesOnBothStreams() {
    for (String login : List.of("worker.one", "under_score", "kim@under_score")) {
      Output output = ssh(login, "true");
      assertThat(output.stdout())
          .startsWith("\u001B[1;32mWelcome to ")
          .contains("\u001B]0;title\u0007{\"version\":1}\nexit 0\n")
          .endsWith("Last line");
      assertThat(output.stderr()).contains("/no-such-folder");
    }
  }

  @Test
  void loginShellsAreWhatWasAskedFor() {
    assertThat(ssh("worker.one", "echo $FISH_VERSION").stdout()).containsPattern("[0-9]\\.[0-9]");
    assertThat(ssh("under_score", "echo $tcsh").stdout()).containsPattern("[0-9]\\.[0-9]");
    assertThat(ssh("tiny", "readlink /proc/$$/exe").stdout()).contains("busybox");
    assertThat(ssh("tiny", "/bin/sh --help 2>&1 || :").stdout()).contains("BusyBox");
  }

  @Test
  void onlyThePasswordOpensAPasswordLogin(@TempDir Path folder) throws IOException {
    assertThat(ssh("guest@tiny", "id -un").exit()).isEqualTo(255);

    Path answer = Files.writeString(folder.resolve("answer"), "#!/bin/sh\necho penguin\n");
    assertThat(answer.toFile().setExecutable(true)).isTrue();
    List<String> words =
        List.of(
            "env",
            "SSH_ASKPASS_REQUIRE=force",
            "SSH_ASKPASS=" + answer,
            "ssh",
            "-F",
            lab.sshConfig().toString(),
            "-o",
            "PubkeyAuthentication=no",
            "guest@tiny",
            "id -un");
    assertThat(Processes.run(Processes.BOUND, words).stdout()).isEqualTo("guest\n");
  }

  @Test
  void ownNamesResolveAsAskedFor() {
    assertThat(ssh("plain", "hostname; getent hosts plain").stdout())
        .isEqualTo("plain\n%-15s plain\n".formatted(lab.host("plain").address()));
    assertThat(lab.host("worker.one").exec("getent ahostsv4 $(hostname)").stdout())
        .startsWith("127.0.1.1");
    assertThat(lab.host("under_score").exec("hostname").stdout()).isEqualTo("under_score\n");
    assertThat(lab.host("under_score").exec("getent ahosts under_score").exit()).isNotZero();
    assertThat(lab.host("plain").exec("getent ahosts tiny").exit()).isNotZero();
  }

  @Test
  void hostsReachOneAnotherAndNothingElse() {
    String peer = lab.host("tiny").address();
    assertThat(ssh("plain", "bash -c 'head -c 4 </dev/tcp/" + peer + "/22'").stdout())
        .isEqualTo("SSH-");
    assertThat(ssh("plain", "ip route").stdout()).doesNotContain("default").contains("10.213.");
    assertThat(ssh("plain", "ip route get 192.0.2.1").stderr()).contains("unreachable");
  }

  @Test
  void aHostHasTheJavasAndPythonsAskedFor() {
    assertThat(lab.host("worker.one").exec("java -version").stderr()).contains("\"25");
    assertThat(lab.host("worker.one").exec("ls /usr/lib/jvm/*/bin/java").stdout().lines())
        .hasSize(1);
    assertThat(lab.host("under_score").exec("command -v java python python3").stdout()).isEmpty();
    assertThat(lab.host("under_score").exec("ls /usr/lib/jvm/*/bin/java").exit()).isNotZero();
    assertThat(ssh("plain", "java -version && python3 -V").exit()).isZero();
  }

  @Test
  void aSmallDiskFillsUp() {
    LabHost tiny = lab.host("tiny");
    Output fill = tiny.exec("ops", "dd if=/dev/zero of=fill bs=1M count=99", Processes.BOUND);
    assertThat(fill.stderr()).contains("No space left on device");
    assertThat(tiny.exec("rm /opt/.ops/home-2/fill").exit()).isZero();
  }

  @Test
  void aNoexecTmpRunsNothing() {
    String script = "printf '#!/bin/sh\\n' >/tmp/t; chmod +x /tmp/t; /tmp/t";
    assertThat(lab.host("worker.one").exec(script).stderr()).contains("Permission denied");
    assertThat(lab.host("plain").exec(script).exit()).isZero();
  }

  @Test
  void aHostHasItsFilesAndNoneOfThisMachinesOwn() throws IOException {
    assertThat(ssh("tiny", "/opt/tools/hello").stdout()).isEqualTo("it's me\n");
    Path mine = Files.createTempFile("lab-test", "");
    try {
      assertThat(lab.host("plain").exec("ls -A /root /tmp").stdout())
          .doesNotContain(mine.getFileName().toString())
          .doesNotContain(".m2");
      assertThat(ssh("plain", "touch /tmp/mine && ls /run").stdout()).doesNotContain("huddle-lab");
    } finally {
      Files.delete(mine);
    }
  }

  @Test
  void orphansLeaveNoZombies() {
    LabHost plain = lab.host("plain");
    plain.exec("setsid sh -c 'sleep 0.01 & exec true' & wait");
    String dead = "for i in $(seq 500); do ps -eo stat= | grep -q Z || exit 0; sleep 0.01; done";
    assertThat(plain.exec(dead + "; exit 1").exit()).isZero();
    assertThat(lab.host("tiny").exec("setsid sh -c 'sleep 0.01 &' & wait; " + dead).exit())
        .isZero();
  }

  @Test
  void aCutHostIsSilentAndItsSessionsSurviveUntilItIsHealed() throws Exception {
    LabHost host = lab.host("worker.one");
    Process session =
        Processes.start(
            Processes.builder(words("worker.one", "/bin/sh -c 'echo begin; exec cat'"))
                .redirectInput(ProcessBuilder.Redirect.PIPE));
    BufferedReader said = session.inputReader(StandardCharsets.UTF_8);
    while (!said.readLine().endsWith("begin")) {}
    host.cut();
    assertThat(host.state()).isEqualTo(LabHost.State.CUT);
    assertThat(ssh("worker.one", "true").stderr()).contains("timed out");
    session.getOutputStream().write("still here\n".getBytes(StandardCharsets.UTF_8));
    session.getOutputStream().flush();
    host.heal();
    assertThat(host.state()).isEqualTo(LabHost.State.UP);
    assertThat(ssh("worker.one", "true").exit()).isZero();
    assertThat(said.readLine()).isEqualTo("still here");
    session.getOutputStream().close();
    assertThat(session.waitFor()).isZero();
  }

  @Test
  void aKilledHostKeepsItsDiskAndLosesItsProcesses() {
    LabHost plain = lab.host("plain");
    ssh("plain", "echo kept >note; setsid sleep 4321 >/dev/null 2>&1 </dev/null &");
    assertThat(plain.exec("pgrep -f 'sleep 4321'").exit()).isZero();
    plain.kill();
    plain.kill();
    assertThat(plain.state()).isEqualTo(LabHost.State.OFF);
    assertThatThrownBy(plain::cut).isInstanceOf(Failure.class).hasMessage("it is off");
    plain.boot();
    plain.boot();
    assertThat(ssh("plain", "cat note; pgrep -cx sleep").stdout()).isEqualTo("kept\n1\n");
  }

  @Test
  void aHostComesBackWithAnotherKeyIfAskedFor() {
    LabHost host = lab.host("rekeyed");
    assertThat(ssh("rekeyed", "true").exit()).isZero();
    host.kill();
    host.boot();
    assertThat(ssh("rekeyed", "true").stderr()).contains("IDENTIFICATION HAS CHANGED");
  }

  @Test
  void aShapedLinkHasItsLimitOnBothEnds() {
    LabHost host = lab.host("under_score");
    host.shape(100);
    String qdisc = "tc qdisc show dev ";
    assertThat(host.exec(qdisc + "eth0").stdout()).contains("tbf").contains("rate 100Mbit");
    assertThat(ssh("under_score", "true").exit()).isZero();
    host.shape(0);
    assertThat(host.exec(qdisc + "eth0").stdout()).doesNotContain("tbf");
  }

  @Test
  void nothingIsLeftOfALabThatIsDown() throws IOException {
    Lab other = LabHosts.up(Gone.class, HostOptions.of("a"), HostOptions.of("b"));
    assertThat(other.host("a").address()).isNotEqualTo(lab.host("plain").address());
    String marker = "sleep 98765";
    other.host("a").exec("setsid " + marker + " >/dev/null 2>&1 &");
    assertThat(Processes.run(Processes.BOUND, List.of("pgrep", "-fx", marker)).exit()).isZero();
    other.close();
    other.close();

    assertThat(Processes.run(Processes.BOUND, List.of("pgrep", "-fx", marker)).exit()).isOne();
    assertNothingOf("-gone");
    assertThat(ssh("under_score", "true").exit()).isZero();
  }

  @Test
  void nothingIsLeftOfALabThatFailed() throws IOException {
    HostOptions bad = HostOptions.of("bad").withFile("/etc/passwd/file", "");
    assertThatThrownBy(() -> LabHosts.up(Gone.class, HostOptions.of("good"), bad))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.host()).contains("bad");
              assertThat(failure)
                  .hasMessageStartingWith("it did not boot: ")
                  .message()
                  .contains("/etc/passwd");
            });
    assertNothingOf("-gone");
  }

  @Test
  void aLabOfTheSameNameIsRefused() {
    assertThatThrownBy(() -> Lab.up(LabSpec.of(lab.name(), HostOptions.of("x"))))
        .isInstanceOf(Failure.class)
        .hasMessage("lab " + lab.name() + " is there already");
    assertThat(ssh("under_score", "true").exit()).isZero();
  }

  private static void assertNothingOf(String name) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(Lab.names()).noneMatch(lab -> lab.contains(pid) && lab.contains(name));
    for (String left :
        List.of(
            Files.readString(Path.of("/proc/mounts")),
            Processes.succeed("ps", "-eo", "args"),
            Processes.succeed("ip", "netns"))) {
      assertThat(left.lines()).noneMatch(line -> line.contains(pid + name));
    }
  }

  private Output ssh(String login, String command) {
    return Processes.run(Processes.BOUND, words(login, command));
  }

  private List<String> words(String login, String command) {
    List<String> words = new ArrayList<>(List.of("ssh", "-F", lab.sshConfig().toString()));
    words.addAll(List.of("-o", "ConnectTimeout=2", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"));
    words.addAll(List.of(login, command));
    return words;
  }

  private static final class Gone {}
}
