package huddle.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.facts.HostFacts.Address;
import huddle.facts.HostFacts.Disk;
import huddle.facts.HostFacts.Java;
import huddle.facts.HostFacts.Listening;
import huddle.facts.HostFacts.Python;
import huddle.facts.HostFacts.SparkDaemon;
import huddle.facts.Installed.Running;
import huddle.shell.Script;
import huddle.spec.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Recorded outputs, one for each kind of host that differs, and what hostile ones lead to.
class FactsParserTest {
  private static final Instant SENT = Instant.ofEpochSecond(1_795_463_629);
  private static final Instant RECEIVED = Instant.ofEpochSecond(1_795_463_631);

  private static String recorded(String name) {
    return Script.text(FactsParserTest.class, name + ".txt");
  }

  private static HostFacts parse(String output) {
    return FactsParser.parse("worker.one", output, SENT, RECEIVED);
  }

  @Test
  void debianWithAMasterRunning() {
    List<String> flags =
        List.of("rw", "relatime", "discard", "resv_strict", "resuid=65534", "resgid=65534");
    assertThat(parse(recorded("debian")))
        .isEqualTo(
            new HostFacts(
                "ada",
                "/home/ada",
                "/usr/bin/fish",
                "worker-1",
                List.of("127.0.0.1"),
                "Debian GNU/Linux 12 (bookworm)",
                "x86_64",
                "glibc 2.36",
                2,
                24_105,
                Optional.of("192.0.2.2"),
                List.of(new Address("eth0", "192.0.2.2", 24), new Address("eth0", "fd00::2", 64)),
                541,
                20_000,
                List.of(),
                List.of(
                    new Disk(
                        "/home/ada/.huddle/penguins", "root", 258_019, 79_891, true, "ext4", flags),
                    new Disk("/tmp", "tmp", 258_019, 79_891, true, "ext4", flags),
                    new Disk("/var/tmp/a b", "dir", 258_019, 79_891, true, "ext4", flags),
                    new Disk("/proc/x", "dir", 0, 0, true, "proc", List.of("rw", "relatime"))),
                List.of(
                    new Java("/usr/lib/jvm/java-17-openjdk-amd64", "17.0.15", 17, true, false),
                    new Java("/usr/lib/jvm/temurin-25-jdk-amd64", "25.0.3", 25, true, false),
                    new Java("/home/ada/.huddle/penguins/java-25.0.3", "25.0.3", 25, true, true)),
                List.of(new Python("/usr/bin/python3", "3.11.2")),
                List.of(
                    new Listening("127.0.0.1", 18_080),
                    new Listening("127.0.0.1", 17_077),
                    new Listening("0.0.0.0", 2024),
                    new Listening("127.0.0.1", 40_405)),
                List.of(),
                new Installed(
                    "/home/ada/.huddle/penguins",
                    true,
                    Optional.of("penguins"),
                    List.of(),
                    Map.of("spark-4.3.0", "5f2c"),
                    Map.of("java-25.0.3", "77aa"),
                    Map.of(),
                    new Installed.Pythons(
                        Map.of("python-0123456789ab", "python 0123 cluster"),
                        Map.of("python-0123456789ab", "pandas==2.3.3\n"),
                        Map.of("cpython-3.13", "maven org.bytedeco:cpython:3.13.5-1.5.12"),
                        java.util.Set.of("python-0123456789ab")),
                    List.of("spark-4.2.0.part"),
                    Map.of(
                        "conf/spark-defaults.conf",
                        "5fcea9e51551ee2d5f102fe75f69a1b43b4cfdfebba1b0ed66a104352f61d02d",
                        "conf/secret",
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                        "bin/python-penguins",
                        "a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf",
                        "manifest.json",
                        "05da1e6c685b347f69db13d0b42cac623939b6876dc24261725865f44d508a15"),
                    Optional.of("{\"version\":1,\"cluster\":\"penguins\"}\n"),
                    Optional.of("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                    Map.of(
                        Role.MASTER,
                        new Running(14_993, 343_571, "d1gest", List.of(17_077, 18_080))),
                    Optional.of("spark=5f2c\nworkers=2\n"),
                    Optional.of("ada@laptop since 12:00"),
                    Installed.Data.UNKNOWN)));
  }

  @Test
  void busyboxAlone() {
    assertThat(parse(recorded("busybox")))
        .isEqualTo(
            new HostFacts(
                "ops",
                "/home/ops",
                "/bin/sh",
                "worker-2",
                List.of("127.0.1.1"),
                "Alpine Linux v3.20",
                "x86_64",
                "",
                2,
                24_105,
                Optional.empty(),
                List.of(new Address("eth0", "192.0.2.2", 24), new Address("eth0", "fd00::2", 64)),
                14_500,
                20_000,
                List.of("bash", "setsid"),
                List.of(
                    new Disk("/srv/huddle", "root", 0, 0, true, "", List.of()),
                    new Disk("/tmp", "tmp", 0, 0, true, "", List.of()),
                    new Disk("/var/tmp/a b", "dir", 0, 0, true, "", List.of()),
                    new Disk("/proc/x", "dir", 0, 0, true, "proc", List.of("rw", "relatime"))),
                List.of(),
                List.of(),
                List.of(new Listening("127.0.0.1", 34_289), new Listening("0.0.0.0", 2024)),
                List.of(),
                nothing("/srv/huddle")));
  }

  @Test
  void containerWithLimitsAndAnotherClustersWorker() {
    assertThat(parse(recorded("container")))
        .isEqualTo(
            new HostFacts(
                "spark",
                "/",
                "/bin/sh",
                "spark_pod_7",
                List.of("10.244.1.9"),
                "Alpine Linux v3.20",
                "aarch64",
                "musl 1.2.5",
                2,
                4096,
                Optional.empty(),
                List.of(new Address("eth0", "10.244.1.9", 24)),
                500,
                -1,
                List.of(),
                List.of(
                    new Disk(
                        "/data/huddle", "root", 1024, 1, false, "xfs", List.of("ro", "nosuid")),
                    new Disk(
                        "/tmp",
                        "tmp",
                        64,
                        64,
                        true,
                        "tmpfs",
                        List.of("rw", "nosuid", "nodev", "noexec"))),
                List.of(new Java("/opt/java/openjdk", "25-ea", 25, false, false)),
                List.of(new Python("/usr/bin/python3", "3.12.3")),
                List.of(new Listening("::", 8080), new Listening("10.244.1.9", 7070)),
                List.of(
                    new SparkDaemon(
                        31, Role.WORKER, "pelicans", "/data/pelicans", List.of(7078, 8081)),
                    new SparkDaemon(12, Role.MASTER, "", "", List.of())),
                nothing("/data/huddle")));
  }

  private static Installed nothing(String root) {
    return new Installed(
        root,
        false,
        Optional.empty(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Installed.Pythons.NONE,
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Installed.Data.UNKNOWN);
  }

  @Test
  void saysThatTheOutputBreaksOff() {
    String whole = recorded("debian");
    assertThatThrownBy(() -> parse(whole.substring(0, whole.length() / 2)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.host()).contains("worker.one");
              assertThat(failure.what())
                  .matches("what the probe printed breaks off after [0-9]+ lines");
              assertThat(failure.remedy()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "Welcome!\nhuddle-facts\t1\nend\t1\n",
        "huddle-facts\t2\nend\t1\n",
        "\0"
      })
  void saysThatTheOutputIsNoFacts(String output) {
    assertThatThrownBy(() -> parse(output))
        .isInstanceOfSatisfying(
            Failure.class,
            f ->
                assertThat(f.what())
                    .isEqualTo("what the probe printed does not begin with `huddle-facts 1`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "home",
        "root",
        "hostName",
        "arch",
        "cores",
        "memoryKiB",
        "began",
        "ended",
        "openFiles"
      })
  void saysWhichFactIsMissing(String key) {
    String without = recorded("container").replaceFirst("(?m)^" + key + "\t.*\n", "");
    assertThatThrownBy(() -> parse(without))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.what()).startsWith("the probe could not tell "));
  }

  @Test
  void saysThatTheOutputIsTooLong() {
    assertThatThrownBy(() -> parse("huddle-facts\t1\n" + "x\n".repeat(3_000_000) + "end\t1\n"))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.what()).contains("longer than that of any host"));
  }

  @Test
  void leavesOutLinesThatMakeNoSense() {
    String nonsense =
        """
        python\tpython3\t3.11.2
        python\t/usr/bin/python3.13\t3.13
        python\t/usr/bin/\u001b[31mpython3\t3.11.2
        java\trelative\t17\tyes\tno
        java\t/opt/x\tunknown\tyes\tno
        listen\t0100007F:99999\t1
        listen\tZZ00007F:1F90\t1
        ip\teth0\tinet\t$(reboot)/24\t
        resolves\tgoogle.com
        daemon\t-1\tmaster\t\t\t
        daemon\t99999999999\tmaster\t\t\t
        daemon\t3\temperor\t\t\t
        running\tmaster\t12\tsoon\tabc
        disk
        sparkFolder\t../../etc\tx
        text\tmanifest
         7b 2
        ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff  ../../etc/passwd
        """;
    String output = recorded("container");
    assertThat(parse(output.replace("somethingNew\t", nonsense + "somethingNew\t")))
        .isEqualTo(parse(output));
  }

  @Test
  void endsInFactsOrAFailureWhateverTheHostSends() {
    Random random = new Random(7);
    String alphabet = "\t\n 09afZ:/.%,-\0\u001b\u202e\ud83d";
    for (String kind : List.of("debian", "busybox", "container")) {
      String whole = recorded(kind);
      int body = whole.indexOf('\n') + 1;
      for (int round = 0; round < 2_000; round++) {
        StringBuilder broken = new StringBuilder(whole);
        for (int hit = 0; hit <= round % 20; hit++) {
          int at = body + random.nextInt(broken.length() - body - 6);
          switch (random.nextInt(3)) {
            case 0 -> broken.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            case 1 -> broken.insert(at, "9".repeat(random.nextInt(25)));
            default -> broken.deleteCharAt(at);
          }
        }
        try {
          assertThat(parse(broken.toString()).cores()).isPositive();
        } catch (Failure failure) {
          assertThat(failure.what()).isNotEmpty();
        }
      }
    }
  }
}
