package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.cluster.Operator.Ended;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import huddle.lab.LoginShell;
import huddle.lab.Quirk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every host that cannot take part is named with what is wrong and what to do, all in one run; a
/// host that is merely odd takes part. Plans only: nothing is started.
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHostsTest {
  /// Spark's version is pinned and no download server answers: nothing here needs a network.
  private static final String HEAD =
      """
      name: odd
      spark: {version: 4.3.0}
      java: {version: 17}
      python: {packages: []}
      master: good
      """;

  private static final String LISTENER =
      """
      nohup python3 -c '
      import socket, time
      s = socket.socket()
      s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
      s.bind(("", 7078))
      s.listen()
      print("listens", flush=True)
      time.sleep(900)' >/run/listener 2>&1 </dev/null &
      i=0
      while ! grep -q listens /run/listener && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
      """;

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;
  private Ended all;

  @BeforeAll
  void planForAllThatIsWrong() throws IOException, InterruptedException {
    lab =
        LabHosts.up(
            HostileHostsTest.class,
            HostOptions.of("good"),
            HostOptions.of("fish")
                .withLogin(Login.of("ada").withShell(LoginShell.FISH).withNoise())
                .with(Quirk.NOEXEC_TMP, Quirk.NAME_UNKNOWN),
            HostOptions.of("under_score")
                .withLogin(Login.of("ops").withShell(LoginShell.TCSH).withNoise()),
            HostOptions.of("busybox")
                .withLogin(Login.of("eve").withShell(LoginShell.ASH).withNoise())
                .with(Quirk.BUSYBOX_SH, Quirk.NAME_IS_LOOPBACK)
                .withJavas(17),
            HostOptions.of("silent"),
            HostOptions.of("small").withDiskMiB(200),
            HostOptions.of("java11")
                .withJavas()
                .withFile("/usr/lib/jvm/jdk-11/bin/java", "#!/bin/sh\nexit 1\n")
                .withFile(
                    "/usr/lib/jvm/jdk-11/release", "JAVA_VERSION=\"11.0.22\"\nMODULES=\"\"\n"),
            HostOptions.of("nojava").withJavas(),
            HostOptions.of("nopython").with(Quirk.NO_PYTHON),
            HostOptions.of("oldpython")
                .with(Quirk.NO_PYTHON)
                .withFile("/usr/local/bin/python3", "#!/bin/sh\necho 3.8.10\n"),
            HostOptions.of("newpython")
                .with(Quirk.NO_PYTHON)
                .withFile("/usr/local/bin/python3", "#!/bin/sh\necho 3.14.1\n"),
            HostOptions.of("nobash")
                .withLogin(Login.of("deploy").withShell(LoginShell.SH))
                .with(Quirk.NO_BASH),
            HostOptions.of("homeless").withLogin(Login.of("gone")),
            HostOptions.of("moving").with(Quirk.NEW_KEY_AT_BOOT));
    lab.host("silent").cut();
    lab.host("under_score").exec("mkdir /srv/thesis; echo mine >/srv/thesis/chapter1");
    lab.host("busybox").exec(LISTENER);
    lab.host("homeless")
        .exec(
            """
            cp /home/gone/.ssh/authorized_keys /etc/ssh/gone
            chmod 644 /etc/ssh/gone
            rm -r /home/gone
            echo 'AuthorizedKeysFile /etc/ssh/%u' >>/etc/ssh/sshd_config
            kill -HUP "$(cat /run/sshd.pid)"
            """);
    Path bin = Files.createDirectory(home.resolve("bin"));
    Path maven =
        Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho '[ERROR] offline'\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    operator =
        Operator.at(home)
            .with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString())
            .with("HTTPS_PROXY", "http://127.0.0.1:9")
            // Nothing can be brought: not from a cache either.
            .with("XDG_CACHE_HOME", home.resolve("cache").toString())
            .with("PATH", bin + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    Path other = home.resolve("other-key");
    new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString())
        .start()
        .waitFor();
    String good = lab.host("good").address();
    operator.write(
        "huddle.yaml",
        HEAD
            + """
            workers:
              - good
              - no-such-host.invalid
              - silent
              - {host: %s, port: 2}
              - {host: %s, user: deploy, identity: %s}
              - {host: %s, user: deploy, identity: %s}
              - {host: fish, root: /tmp/huddle}
              - {host: under_score, root: /srv/thesis}
              - busybox
              - small
              - java11
              - nojava
              - nopython
              - oldpython
              - newpython
              - nobash
              - homeless
              - {host: moving, root: /usr/share/huddle}
            """
                .formatted(
                    lab.host("moving").address(),
                    lab.host("moving").address(),
                    other,
                    good,
                    lab.key()));
    all = operator.huddle("plan");
    if (System.getenv("HUDDLE_TEST_SHOW") != null) {
      System.err.println(all);
    }
  }

  @AfterAll
  void removeHosts() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void allAreListedAtOnceWithTheLogAndThePlanOfTheRest() {
    assertThat(all.exit()).as("%s", all).isEqualTo(1);
    assertThat(all.err())
        .contains("failed on 17 hosts:")
        .containsPattern("\nlog: \\S+/logs/odd/\\S+-plan-[0-9]+\\.log\n")
        .doesNotContain("Exception", "\tat ", "defect", "Welcome");
    assertThat(all.out()).startsWith("good\n").contains("+ Spark 4.3.0");
  }

  @Test
  void aNameThatDoesNotResolve() {
    refused("no-such-host.invalid", "the name no-such-host.invalid does not resolve", "~/.ssh");
  }

  @Test
  void aHostThatDoesNotAnswer() {
    refused(
        "silent",
        lab.host("silent").address() + " port 22 cannot be reached: ",
        "see whether it is switched on");
  }

  @Test
  void aPortWithNoSshd() {
    String moving = lab.host("moving").address();
    refused(moving + ":2", moving + " refuses connections on port 2", "see whether sshd runs");
  }

  @Test
  void aKeyThatIsNotLetIn() {
    String moving = lab.host("moving").address();
    refused(
        "deploy@" + moving,
        "deploy@" + moving + " was not let in: none of your keys is accepted (it takes: publickey)",
        "load the right key into the agent (ssh-add), name it with identity:");
  }

  @Test
  void oneMachineUnderTwoNames() {
    String good = lab.host("good").address();
    refused(
        good,
        "it is the same machine as good: both are reached at " + good,
        "name each machine once");
  }

  @Test
  void aRootThatIsMountedNoexec() {
    refused("fish", "the root /tmp/huddle lies on a file system mounted noexec", "`root:`");
  }

  @Test
  void aRootThatHoldsForeignFilesIsNotTouched() {
    refused(
        "under_score",
        "the root /srv/thesis holds files that are not Huddle's (chapter1)",
        "name another folder with `root:`");
    assertThat(lab.host("under_score").exec("ls -A /srv/thesis; cat /srv/thesis/*").stdout())
        .isEqualTo("chapter1\nmine\n");
  }

  @Test
  void aRootThatCannotBeWritten() {
    refused("moving", "the root /usr/share/huddle cannot be written by deploy", "`root:`");
  }

  @Test
  void aUserWithoutAHome() {
    refused("homeless", "the root /home/gone/.huddle/odd cannot be written by gone", "`root:`");
  }

  @Test
  void aPortThatIsTaken() {
    refused("busybox", "port 7078 is taken by another process", "`ports: {worker: …}`");
  }

  @Test
  void aDiskThatIsTooSmall() {
    refused(
        "small",
        "the root /home/deploy/.huddle/odd has [0-9]+ MiB free; Spark needs 1024",
        "free some space");
  }

  @Test
  void aJavaThatIsTooOldAndNoneToBring() {
    refused(
        "java11",
        "Spark 4.3.0 needs Java 17, and the host has only 11.0.22",
        "install a JDK 17 there, or name an archive of one");
    assertThat(all.err()).containsOnlyOnce("the list of Temurin 17 builds");
  }

  @Test
  void noJavaAndNoneToBring() {
    refused("nojava", "Spark 4.3.0 needs Java 17, and the host has none", "install a JDK 17 there");
  }

  @Test
  void noPython() {
    refused(
        "nopython",
        "the cluster runs on Python 3.[0-9]+ as the Master's host does, and the host has none",
        "install Python 3.");
    assertThat(all.err())
        .containsOnlyOnce("no Python 3.")
        .containsPattern(
            "warning: no Python 3\\.[0-9]+ can be brought to hosts on \\S+ with glibc");
  }

  @Test
  void aPythonThatIsTooOld() {
    refused("oldpython", ".*, and the host has only 3.8.10", "install Python 3.");
  }

  @Test
  void aPythonUnlikeTheMasters() {
    refused("newpython", ".* as the Master's host does, and the host has only 3.14.1", "install");
  }

  @Test
  void noBash() {
    refused("nobash", "it lacks bash, which Huddle's and Spark's scripts need", "install it there");
  }

  @Test
  void aMasterThatIsRefusedStopsAll() throws InterruptedException {
    operator.write(
        "master.yaml",
        """
        name: odd
        spark: {version: 4.3.0}
        master: nopython
        workers: [good, no-such-host.invalid]
        """);
    for (String command : new String[] {"plan", "up", "start"}) {
      Ended ended = operator.huddle(command, "-f", "master.yaml", "--host", "good");
      assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
      assertThat(ended.err())
          .contains("nopython: Spark 4.3.0 needs Python 3.11 to 3.", "and the host has none")
          .contains("do: install Python 3.11 or later there")
          .doesNotContain("up and proven", "Exception");
    }
    assertThat(files("nopython")).isEmpty();
  }

  @Test
  void upWithoutTheMasterListsTheOthersToo() throws InterruptedException {
    operator.write(
        "far.yaml",
        """
        name: odd
        spark: {version: 4.3.0}
        master: silent
        workers: [good, no-such-host.invalid, nobash]
        """);
    for (String command : new String[] {"up", "stop"}) {
      Ended ended = operator.huddle(command, "-f", "far.yaml");
      assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
      assertThat(ended.err())
          .contains("silent: ", "no-such-host.invalid: ", "do: see whether it is switched on")
          .containsPattern("log: \\S+/logs/odd/")
          .doesNotContain("Exception");
    }
    assertThat(files("good")).isEmpty();
  }

  @Test
  void upTouchesNoForeignRootOnTheMastersHost() throws InterruptedException {
    String before = "ls -Al --time-style=full-iso /srv /srv/thesis";
    String then = lab.host("under_score").exec(before).stdout();
    operator.write(
        "thesis.yaml",
        """
        name: odd
        spark: {version: 4.3.0}
        master: {host: under_score, root: /srv/thesis}
        workers: [{host: under_score, root: /srv/thesis}]
        """);
    lab.host("under_score").exec("chmod 777 /srv/thesis");
    String mode = lab.host("under_score").exec(before).stdout();
    for (String command : new String[] {"up", "stop", "destroy"}) {
      Ended ended =
          command.equals("destroy")
              ? operator.huddle(command, "--confirm=odd", "-f", "thesis.yaml")
              : operator.huddle(command, "--yes", "-f", "thesis.yaml");
      assertThat(ended.exit()).as("%s", ended).isEqualTo(1);
      assertThat(ended.err())
          .contains(
              "under_score: the root /srv/thesis holds files that are not Huddle's (chapter1)")
          .contains("ame another folder with")
          .doesNotContain("Exception");
      assertThat(lab.host("under_score").exec(before).stdout()).isEqualTo(mode);
    }
    lab.host("under_score").exec("chmod 755 /srv/thesis");
    assertThat(lab.host("under_score").exec(before).stdout()).isEqualTo(then);
  }

  @Test
  void hostsThatAreMerelyOddTakePart() throws InterruptedException {
    operator.write(
        "fine.yaml",
        HEAD
            + """
            ports: {worker: 17078}
            workers: [fish, under_score, busybox, {host: homeless, root: /var/tmp/huddle}]
            """);
    Ended ended = operator.huddle("plan", "--detailed-exitcode", "-f", "fine.yaml");
    assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
    assertThat(ended.out())
        .contains("fish", "under_score", "busybox", "homeless", "on 5 hosts")
        .doesNotContain("Welcome", "\u001b", "Last line");
    assertThat(ended.err()).doesNotContain("failed", "Welcome", "\u001b", "homeless:");
  }

  @Test
  void aChangedHostKeyStops() throws IOException, InterruptedException {
    LabHost moving = lab.host("moving");
    operator.write(
        "ssh_config",
        """
        Host moving
          HostName %s
          User deploy
          IdentityFile %s
          UserKnownHostsFile /dev/null
        """
            .formatted(moving.address(), lab.key()));
    operator.write(
        "moving.yaml", "name: moved\nspark: {version: 4.3.0}\nmaster: moving\nworkers: moving\n");
    Operator stranger =
        Operator.at(home).with("HUDDLE_SSH_CONFIG", home.resolve("ssh_config").toString());
    Ended first = stranger.huddle("plan", "-f", "moving.yaml");
    assertThat(first.exit()).as("%s", first).isZero();
    assertThat(first.err()).contains("moving: first contact: its host key ED25519 SHA256:");
    Path known = home.resolve(".huddle/known_hosts/moved");
    assertThat(known).content().startsWith(moving.address() + " ssh-ed25519 ");
    moving.kill();
    moving.boot();
    for (String command : new String[] {"plan", "up"}) {
      Ended changed = stranger.huddle(command, "-f", "moving.yaml");
      assertThat(changed.exit()).as("%s", changed).isEqualTo(1);
      assertThat(changed.err())
          .contains("moving: its host key has changed: it showed ED25519 SHA256:")
          .contains("line 1 of " + known)
          .contains("do: if you know why (a new installation), run: ssh-keygen -f \"" + known)
          .doesNotContain("Exception", "@@@@");
    }
    // What it says to do works.
    Matcher remedy =
        Pattern.compile("run: (ssh-keygen .*?); if not")
            .matcher(stranger.huddle("plan", "-f", "moving.yaml").err());
    assertThat(remedy.find()).isTrue();
    new ProcessBuilder("sh", "-c", remedy.group(1)).start().waitFor();
    assertThat(stranger.huddle("plan", "-f", "moving.yaml").exit()).isZero();
    Files.delete(known);
  }

  /// The row of one host in the list, and the line after it with what to do.
  private void refused(String host, String what, String remedy) {
    String sentence = what.matches(".*[\\[*].*") ? what : Pattern.quote(what);
    assertThat(all.err())
        .containsPattern(
            "\n - %s: %s[^\n]*\n   do: [^\n]*%s"
                .formatted(Pattern.quote(host), sentence, Pattern.quote(remedy)));
  }

  private String files(String host) {
    return lab.host(host).exec("find / -xdev -name '*huddle*' 2>/dev/null").stdout();
  }
}
