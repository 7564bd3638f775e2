package huddle.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import huddle.facts.HostFacts.SparkDaemon;
import huddle.facts.Installed.Running;
import huddle.spark.ConfFile;
import huddle.spec.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the probe finds of a cluster: files, daemons, lock.
class ProbeInstalledTest {
  private static final String MASTER = "org.apache.spark.deploy.master.Master";
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";

  @TempDir private Path folder;
  private HostTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = new HostTree(folder).file("proc/meminfo", "MemTotal: 8388608 kB\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void tellsWhoseTheRootIs(String shell) throws IOException {
    tree.rootFile("lock/owner", "somebody").rootFile(".huddle-root.part", "");
    assertThat(tree.facts(shell).installed().foreign()).isEmpty();
    tree.rootFile(".notes", "").rootFile("a file", "").rootFile("b/c", "").rootFile("d", "");
    assertThat(tree.facts(shell).installed().foreign()).containsExactly("a file", "b", "d");
    tree.rootFile(".huddle-root", "penguins\n");
    Installed marked = tree.facts(shell).installed();
    assertThat(marked.owner()).contains("penguins");
    assertThat(marked.foreign()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void tellsARootThatIsAFile(String shell) throws IOException {
    tree.file("home/ada/.huddle/penguins", "mine");
    assertThat(tree.facts(shell).installed().foreign()).containsExactly(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void tellsWhatLiesUnderTheRootAndChangesNothing(String shell) throws IOException {
    String manifest =
        "{\n\t\"name\": \"Pingüine \\\" ' $HOME `x` \\\\ \u001b[31m\",\r\n \"end\": 1\n}\n";
    String defaults = "spark.authenticate true\nspark.authenticate.secret @SECRET@\nspark.x 1\n";
    String options =
        """
        -Dspark.authenticate=true
        -Dspark.authenticate.secret=@SECRET@
        -Dspark.org.apache.spark.ui.JWSFilter.param.secretKey=@SECRET@
        """;
    tree.rootFile("spark-4.3.0/.huddle", "sha-of-spark\n")
        .rootFile("spark-4.2.0/jars/a.jar", "")
        .rootFile("spark-4.1.0.part/.huddle", "half")
        .rootFile("java-25.0.3/.huddle", "sha of java")
        .rootFile("manifest.json", manifest)
        .rootFile("conf/spark-defaults.conf", defaults.replace("@SECRET@", "s3cret"))
        .rootFile("conf/daemon options", options.replace("@SECRET@", "s3cret"))
        .rootFile("conf/spark-env.sh", "export A=1\n")
        .rootFile("conf/.hidden/deep file", "spark.authenticate.secretive 1\n")
        .rootFile("conf/secret", "s3cret")
        .rootFile("conf/odd\nname", "x")
        .rootFile("bin/python-penguins", "#!/bin/sh\n")
        .rootFile("run/proof", "spark=a\nworkers=2\n");
    Map<String, String> before = tree.listing();

    Installed installed = tree.facts(shell).installed();

    assertThat(installed.root()).isEqualTo(tree.root().toString());
    assertThat(installed.exists()).isTrue();
    assertThat(installed.sparks()).containsExactly(entry("spark-4.3.0", "sha-of-spark"));
    assertThat(installed.javas()).containsExactly(entry("java-25.0.3", "sha of java"));
    assertThat(installed.leftovers()).containsExactly("spark-4.1.0.part");
    assertThat(installed.manifest()).contains(manifest);
    assertThat(installed.proof()).contains("spark=a\nworkers=2\n");
    assertThat(installed.secretDigest()).contains(ConfFile.sha256("s3cret"));
    assertThat(installed.files())
        .containsOnly(
            file("conf/spark-defaults.conf", defaults),
            file("conf/daemon options", options),
            file("conf/spark-env.sh", "export A=1\n"),
            file("conf/.hidden/deep file", "spark.authenticate.secretive 1\n"),
            file("bin/python-penguins", "#!/bin/sh\n"),
            entry("manifest.json", ConfFile.sha256(manifest)),
            entry("conf/secret", ConfFile.sha256("s3cret")));
    assertThat(installed.running()).isEmpty();
    assertThat(installed.lock()).isEmpty();
    assertThat(tree.listing()).isEqualTo(before);
  }

  private static Map.Entry<String, String> file(String path, String text) {
    return entry(path, new ConfFile(path, text, "600").digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void cutsWhatIsTooLong(String shell) throws IOException {
    tree.rootFile("manifest.json", "x".repeat(300_000));

    assertThat(tree.facts(shell).installed().manifest().orElse("")).hasSize(262_144);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void tellsADaemonThatLivesAndThePortsItListensOn(String shell) throws Exception {
    Path strange = tree.path("a) Z (b) c");
    Files.copy(Path.of("/bin/sleep").toRealPath(), strange);
    strange.toFile().setExecutable(true);
    Process worker = new ProcessBuilder(strange.toString(), "1000").start();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long own = ProcessHandle.current().pid();
      tree.rootFile("run/master", "pid=%d\nstart=%d\ndigest=abc\n".formatted(own, ticks(own)))
          .rootFile(
              "run/worker",
              "pid=%d\nstart=%d\ndigest=def".formatted(worker.pid(), ticks(worker.pid())));

      Map<Role, Running> running = tree.factsWithRealSystem(shell).installed().running();

      assertThat(running.get(Role.MASTER))
          .isNotNull()
          .satisfies(m -> {
            assertThat(m.pid()).isEqualTo((int) own);
            assertThat(m.startTicks()).isEqualTo(ticks(own));
            assertThat(m.digest()).isEqualTo("abc");
            assertThat(m.ports()).contains(socket.getLocalPort());
          });
      assertThat(running.get(Role.WORKER))
          .isEqualTo(new Running((int) worker.pid(), ticks(worker.pid()), "def", List.of()));
    } finally {
      worker.destroyForcibly().waitFor();
    }
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void aReusedPidAZombieAndADeadOneDoNotRun(String shell) throws IOException {
    String stat = "77 (java) %s 1 77 77 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 1 0 5000 1 1";
    tree.rootFile("run/master", "pid=77\nstart=4999\ndigest=abc\n")
        .rootFile("run/worker", "pid=78\nstart=5000\ndigest=abc\n")
        .file("proc/77/stat", stat.formatted("S"))
        .file("proc/78/stat", stat.formatted("Z"));
    assertThat(tree.facts(shell).installed().running()).isEmpty();

    tree.rootFile("run/master", "pid=77\nstart=5000\ndigest=abc\n")
        .rootFile("run/worker", "pid=../77\nstart=5000\ndigest=abc\n");
    assertThat(tree.facts(shell).installed().running())
        .containsExactly(entry(Role.MASTER, new Running(77, 5000, "abc", List.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void tellsTheDaemonsOfAnyClusterAndNothingThatOnlyNamesThem(String shell) throws IOException {
    String java = "/usr/lib/jvm/temurin 25/bin/java\0";
    tree.file(
            "proc/101/cmdline",
            java
                + "-cp\0/s/conf:/s/jars/*\0-Dhuddle.cluster=penguins\0-Dhuddle.root=/home/a b/.huddle\0-Xmx1g\0"
                + MASTER
                + "\0--host\u000010.0.0.7\0--port\u00007077\0--webui-port\u00008080\0")
        .file("proc/102/cmdline", "java\0-cp\0x\0" + WORKER + "\0-p\u00007078\0spark://h:7077\0")
        .file("proc/103/cmdline", "grep\0" + MASTER + "\0")
        .file("proc/104/cmdline", java + "-cp\0" + MASTER + "\0org.example.Main\0" + WORKER + "\0")
        .file("proc/105/cmdline", java + "-jar\0x.jar\0" + MASTER + "\0")
        .file("proc/106/cmdline", java + "-Dx=a\tb\nc\0" + WORKER + "Bench\0")
        .file(
            "proc/107/cmdline",
            java
                + "-cp\0/s/jars/*\0-Dhuddle.cluster=penguins\0-Dhuddle.root=/r\0-Dhuddle.role=connect\0"
                + "-Dhuddle.ports=15002\0org.apache.spark.deploy.SparkSubmit\0--port\u00009\0")
        .file("proc/108/cmdline", "sh\0-c\0x -Dhuddle.role=connect\0")
        .file("proc/109/cmdline", java + "-Dhuddle.role=potato\0org.example.Main\0")
        .file("proc/110/cmdline", java + MASTER + "\0--port\u00007077\0")
        .file("proc/self/cmdline", java + MASTER + "\0");
    network("self", "net:[1]");
    network("101", "net:[1]");
    network("110", "net:[2]");

    assertThat(tree.facts(shell).daemons())
        .containsExactly(
            new SparkDaemon(101, Role.MASTER, "penguins", "/home/a b/.huddle", List.of(7077, 8080)),
            new SparkDaemon(102, Role.WORKER, "", "", List.of(7078)),
            new SparkDaemon(107, Role.CONNECT, "penguins", "/r", List.of(15002)));
  }

  private void network(String process, String name) throws IOException {
    Path folder = Files.createDirectories(tree.path("proc/" + process + "/ns"));
    Files.deleteIfExists(folder.resolve("net"));
    Files.createSymbolicLink(folder.resolve("net"), Path.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void aRootThatHoldsTheLockAloneIsNotThere(String shell) throws IOException {
    tree.rootFile("lock/beat", "");
    assertThat(tree.facts(shell).installed().exists()).isFalse();
    tree.rootFile(".huddle-root", "penguins\n");
    assertThat(tree.facts(shell).installed().exists()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "busybox sh"})
  void aLockIsHeldWhileItsBeatIsFresh(String shell) throws IOException {
    tree.rootFile("lock/owner", "ada@laptop, huddle up, since 12:00\n").rootFile("lock/beat", "");
    assertThat(tree.facts(shell).installed().lock()).contains("ada@laptop, huddle up, since 12:00");

    Files.setLastModifiedTime(
        tree.root().resolve("lock/beat"),
        FileTime.from(Instant.now().minus(Duration.ofSeconds(90))));
    assertThat(tree.facts(shell).installed().lock()).isEmpty();
  }
}
