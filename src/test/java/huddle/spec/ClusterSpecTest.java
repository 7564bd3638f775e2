package huddle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClusterSpecTest {
  @Test
  void isThisMachineWhereThereIsNoFile() {
    assertThat(ClusterSpec.local().hosts())
        .singleElement()
        .satisfies(host -> {
          assertThat(host.name()).isEqualTo("localhost");
          assertThat(host.destination().isThisMachine()).isTrue();
          assertThat(host.roles()).isEqualTo(Set.of(Role.MASTER, Role.WORKER));
          assertThat(host.root()).isEqualTo("~/.huddle/local");
        });
  }

  @Test
  void namesTheMastersHostFirstAndEachMachineOnce() {
    ClusterSpec spec = spec("master: w2\nworkers: [w1, w2, w3]\n");
    assertThat(spec.hosts())
        .extracting(Host::name, Host::roles)
        .containsExactly(
            tuple("w2", Set.of(Role.MASTER, Role.WORKER)),
            tuple("w1", Set.of(Role.WORKER)),
            tuple("w3", Set.of(Role.WORKER)));
  }

  @Test
  void tellsTwoLoginsOnOneAddressApart() {
    ClusterSpec spec =
        spec("master: w1\nworkers: [me@w1, you@w1, 'w1:2222', me@w2, corp@ada@w1]\n");
    assertThat(spec.hosts())
        .extracting(Host::name)
        .containsExactly("w1", "me@w1", "you@w1", "w1:2222", "w2", "corp@ada@w1");
  }

  @Test
  void letsTheWorkersEntryWin() {
    ClusterSpec spec =
        spec(
            """
            master: {host: w1, cores: 2, root: ~/a, dirs: [/mnt/a], env: {A: 1, B: 1}}
            workers: [{host: w1, identity: ~/k, memory: 4g, root: ~/b, env: {B: 2, C: 2}}]
            """);
    assertThat(spec.hosts())
        .singleElement()
        .satisfies(host -> {
          assertThat(host.name()).isEqualTo("w1");
          assertThat(host.destination().identity()).contains("~/k");
          assertThat(host.cores()).isEqualTo(OptionalInt.of(2));
          assertThat(host.memory()).isEqualTo(Optional.of(new MemorySize(4096)));
          assertThat(host.root()).isEqualTo("~/b");
          assertThat(host.dirs()).containsExactly("/mnt/a");
          assertThat(host.env())
              .containsExactly(Map.entry("A", "1"), Map.entry("B", "2"), Map.entry("C", "2"));
        });
  }

  private static ClusterSpec spec(String rest) {
    byte[] yaml = ("name: penguins\n" + rest).getBytes(StandardCharsets.UTF_8);
    return switch (SpecReader.read("huddle.yaml", yaml)) {
      case Reading.Valid(ClusterSpec spec) -> spec;
      case Reading.Invalid invalid -> throw new AssertionError(invalid);
    };
  }
}
