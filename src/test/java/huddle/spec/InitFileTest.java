package huddle.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InitFileTest {
  static final InitFile FILE =
      new InitFile(
          "penguins",
          "schema/huddle.schema.json",
          Optional.of("4.3.0"),
          "worker.one",
          List.of(
              new InitFile.Entry("worker.one", "8 cores, 31g, Debian 12, Java 25, Python 3.11"),
              new InitFile.Entry("worker[3-8]", ""),
              new InitFile.Entry("me@10.0.0.7:2222", "4 cores, 15g, Alpine 3.22, no Java")));

  @Test
  void readsLikeThis() {
    assertThat(FILE.text())
        .isEqualTo(
            """
            # yaml-language-server: $schema=schema/huddle.schema.json
            # What this cluster is to be: `huddle plan` shows what is missing, `huddle up` does it.
            # What is commented out shows what can be said, with its default or an example.
            name: penguins
            master: worker.one
            workers:
              - worker.one                    # 8 cores, 31g, Debian 12, Java 25, Python 3.11
              - worker[3-8]
              - me@10.0.0.7:2222              # 4 cores, 15g, Alpine 3.22, no Java
              # - host: another.host          # ssh alias, name or address; localhost is this machine
              #   user: ada                   # login name; default: as ~/.ssh/config says
              #   port: 22                    # ssh port; default: as ~/.ssh/config says
              #   identity: ~/.ssh/id_ed25519 # private key on this machine
              #   root: /data/huddle          # folder on the host; default ~/.huddle/<cluster>
              #   cores: 8                    # cores for the Worker; default: all of them
              #   memory: 24g                 # memory for the Worker; default: what the system and daemons leave
              #   dirs: [/mnt/ssd1]           # scratch folders for shuffle and spill, one per disk
              #   env: {TZ: UTC}              # environment of the daemons and executors on this host
            spark:                            # which Spark, and from where
              version: 4.3.0                  # 3.5 or later; default: the newest stable 4.x
              # source: pypi                  # pypi, apache, or the path of a tarball or folder of Spark
            # java:                           # which Java runs Spark on the hosts
            #   version: 17                   # major version; default: the newest that Spark allows
            #   source: ~/jdk-25.tar.gz       # archive or folder of a JDK on this machine, for hosts that have none
            # python:                         # the one Python of driver, executors and notebooks
            #   version: "3.11"               # minor version; default: the newest that most hosts have, the Master's too
            #   path: /opt/python/bin/python3 # path of the interpreter on every host
            #   packages: [pandas, pyarrow, scipy] # what driver and executors can import; default: [pandas, pyarrow]
            #   requirements: ~/project/requirements.txt # requirements.txt, pyproject.toml or uv.lock on this machine
            #   source: ~/cpython-3.13.tar.gz # archive or folder of a CPython on this machine, for hosts without one
            # packages: [org.postgresql:postgresql:42.7.4] # Maven coordinates of libraries for drivers and executors
            # notebook:                       # where notebooks run and are kept
            #   host: worker.one              # the host that JupyterLab and the Connect server run on; default: the Master's
            #   folder: ~/notebooks           # folder of the notebooks there; default: notebooks in the root
            # connect: true                   # the Spark Connect server, for `huddle connect`
            # history: true                   # the History Server, for Applications that ended
            # thrift: true                    # the thrift server, for JDBC
            # data: /data/shared              # folder that `huddle push` fills, the same path on every host
            # ports:                          # TCP ports of the daemons
            #   master: 7077                  # the Master's, that Workers and drivers connect to
            #   masterUi: 8080                # the Master's page, on loopback
            #   worker: 7078                  # every Worker's, that the Master and drivers connect to
            #   workerUi: 8081                # every Worker's page, on loopback
            #   connect: 15002                # the Spark Connect server's, on loopback
            #   thrift: 10000                 # the thrift server's, for JDBC, on loopback
            #   history: 18080                # the History Server's page, on loopback
            # conf:                           # any spark.* key, passed through
            #   spark.sql.shuffle.partitions: 64
            # env:                            # environment of daemons and executors on every host
            #   TZ: UTC
            """);
  }

  @Test
  void readsBackAsWhatWasAskedFor() {
    ClusterSpec spec = read(FILE.text());
    assertThat(spec.name()).isEqualTo("penguins");
    assertThat(spec.master().host()).isEqualTo("worker.one");
    assertThat(spec.workers())
        .hasSize(8)
        .last()
        .extracting(HostSpec::user)
        .isEqualTo(Optional.of("me"));
    assertThat(spec.spark()).isEqualTo(new SparkSpec(Optional.of("4.3.0"), "pypi"));
    assertThat(spec.ports()).isEqualTo(Ports.DEFAULT);
    assertThat(spec.conf()).isEmpty();
  }

  @Test
  void readsBackWithEveryKeyUncommented() {
    for (Optional<String> spark : List.of(Optional.of("4.3.0"), Optional.<String>empty())) {
      InitFile file = new InitFile("penguins", "s.json", spark, "worker.one", FILE.workers());
      ClusterSpec spec = read(uncommented(file.text()));
      assertThat(spec.workers()).hasSize(9);
      HostSpec another = spec.workers().getLast();
      assertThat(another.host()).isEqualTo("another.host");
      assertThat(another.memory()).contains(new MemorySize(24 * 1024));
      assertThat(another.dirs()).containsExactly("/mnt/ssd1");
      assertThat(spec.java().version()).contains(17);
      assertThat(spec.python().version()).contains("3.11");
      assertThat(spec.ports()).isEqualTo(Ports.DEFAULT);
      assertThat(spec.conf()).containsEntry("spark.sql.shuffle.partitions", "64");
      assertThat(spec.env()).containsEntry("TZ", "UTC");
    }
  }

  @Test
  void isReadableAtASitting() {
    assertThat(FILE.text().lines()).hasSizeLessThan(60).allMatch(line -> line.length() <= 120);
  }

  @Test
  void letsNoHostWriteIntoTheFile() {
    InitFile file =
        new InitFile(
            "true",
            "s.json\nenv: {A: b}",
            Optional.of("4.3.0"),
            "null",
            List.of(
                new InitFile.Entry("null", "Debian\nconf: {spark.x: y}\r\u0085\u2028env: {A: b}"),
                new InitFile.Entry("17", "\u001b[31m8 cores")));
    assertThat(file.text()).doesNotContain("\u001b", "\r", "\u0085", "\u2028");
    ClusterSpec spec = read(file.text());
    assertThat(spec.name()).isEqualTo("true");
    assertThat(spec.workers()).extracting(HostSpec::host).containsExactly("null", "17");
    assertThat(spec.conf()).isEmpty();
    assertThat(spec.env()).isEmpty();
  }

  /// Takes the "# " off every line that is a key; prose has no key in front.
  static String uncommented(String text) {
    return text.replaceAll("(?m)^( *)# ( *(?:- )?[A-Za-z.]+:(?: |$))", "$1$2");
  }

  private static ClusterSpec read(String yaml) {
    return switch (SpecReader.read("huddle.yaml", yaml.getBytes(UTF_8))) {
      case Reading.Valid(ClusterSpec spec) -> spec;
      case Reading.Invalid invalid -> throw new AssertionError(invalid + "\n" + yaml);
    };
  }
}
