package huddle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class SpecReaderTest {
  @TestFactory
  Stream<DynamicTest> saysEveryProblemAtOnceWithItsPlace() {
    return Cases.all().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.title(), () -> assertThat(problems(c.bytes())).isEqualTo(c.problems())));
  }

  @Test
  void readsEveryKey() {
    ClusterSpec spec =
        valid(
            """
            name: penguins
            master: worker.one
            workers:
              - host: worker[1-2]
                user: ada
                port: 2222
                identity: ~/.ssh/id_lab
                root: /data/huddle/
                cores: 8
                memory: 24g
                dirs: [/mnt/ssd1/, ~/scratch]
                env: {B: "1", A: 0x10}
              - me@10.0.0.7
            spark: {version: 4.3.0, source: apache}
            java: {version: 17, source: ~/jdk.tgz}
            python: {version: 3.10, path: /usr/bin/python3}
            ports: {worker: 9000}
            conf: {spark.z: 1e3, spark.a: yes}
            env: {TZ: UTC}
            """);
    assertThat(spec.name()).isEqualTo("penguins");
    assertThat(spec.workers())
        .extracting(HostSpec::host)
        .containsExactly("worker1", "worker2", "10.0.0.7");
    assertThat(spec.workers().get(1))
        .isEqualTo(
            new HostSpec(
                "worker2",
                Optional.of("ada"),
                OptionalInt.of(2222),
                Optional.of("~/.ssh/id_lab"),
                Optional.of("/data/huddle"),
                OptionalInt.of(8),
                Optional.of(new MemorySize(24 * 1024)),
                List.of("/mnt/ssd1", "~/scratch"),
                Map.of("B", "1", "A", "0x10")));
    assertThat(spec.workers().get(1).env().keySet()).containsExactly("B", "A");
    assertThat(spec.workers().get(2).user()).contains("me");
    assertThat(spec.spark()).isEqualTo(new SparkSpec(Optional.of("4.3.0"), "apache"));
    assertThat(spec.java()).isEqualTo(new JavaSpec(Optional.of(17), Optional.of("~/jdk.tgz")));
    assertThat(spec.python())
        .isEqualTo(
            new PythonSpec(
                Optional.of("3.10"),
                Optional.of("/usr/bin/python3"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(spec.ports()).isEqualTo(new Ports(7077, 8080, 9000, 8081, 15002, 10000, 18080));
    assertThat(spec.conf())
        .containsExactly(Map.entry("spark.z", "1e3"), Map.entry("spark.a", "yes"));
    assertThat(spec.env()).isEqualTo(Map.of("TZ", "UTC"));
  }

  @Test
  void takesShortFormsForWhatTheyLookLike() {
    assertThat(valid(SMALLEST + "python: 3.10\n").python().version()).contains("3.10");
    assertThat(valid(SMALLEST + "python: ~/py/bin/python3\n").python().path())
        .contains("~/py/bin/python3");
    assertThat(valid(SMALLEST + "java: 21\n").java().version()).contains(21);
    assertThat(valid(SMALLEST + "java: /opt/jdk\n").java().source()).contains("/opt/jdk");
    assertThat(valid(SMALLEST + "spark: 4.0.1\n").spark().version()).contains("4.0.1");
    assertThat(valid(SMALLEST + "spark: apache\n").spark().source()).isEqualTo("apache");
  }

  @Test
  void leavesDefaultsWhereTheFileSaysNothing() {
    ClusterSpec spec = valid(SMALLEST);
    assertThat(spec.spark()).isEqualTo(SparkSpec.DEFAULT);
    assertThat(spec.java()).isEqualTo(JavaSpec.DEFAULT);
    assertThat(spec.python()).isEqualTo(PythonSpec.DEFAULT);
    assertThat(spec.ports()).isEqualTo(Ports.DEFAULT);
    assertThat(spec.conf()).isEmpty();
    assertThat(spec.master()).isEqualTo(ClusterSpec.local().master());
  }

  @Test
  void refusesEveryPortThatIsNoPortAndNamesTheFileAsGiven() {
    Reading reading =
        SpecReader.read(
            "dir/\u001b[31mmine.yaml",
            (SMALLEST + "ports: {worker: x}\n").getBytes(StandardCharsets.UTF_8));
    assertThat(reading)
        .isEqualTo(
            new Reading.Invalid(
                List.of(
                    new Problem(
                        "dir/mine.yaml",
                        4,
                        9,
                        "ports.worker",
                        "\"x\" is not a port; write a number from 1 to 65535"))));
  }

  static final String SMALLEST = "name: penguins\nmaster: localhost\nworkers: [localhost]\n";

  static List<String> problems(byte[] content) {
    return switch (SpecReader.read("huddle.yaml", content)) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }

  private static ClusterSpec valid(String yaml) {
    return switch (SpecReader.read("huddle.yaml", yaml.getBytes(StandardCharsets.UTF_8))) {
      case Reading.Valid(ClusterSpec spec) -> spec;
      case Reading.Invalid(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }
}
