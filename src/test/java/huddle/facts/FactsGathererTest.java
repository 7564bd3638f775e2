package huddle.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Destination;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsGathererTest {
  private static final Host HOST =
      new Host(
          "here",
          new Destination("localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()),
          Set.of(Role.MASTER),
          "~/.huddle/penguins",
          OptionalInt.empty(),
          Optional.empty(),
          List.of("/tmp/it's scratch", "~/more"),
          Map.of());

  @TempDir private Path folder;

  @Test
  void gathersOverAConnectionAndComparesClocks() throws IOException {
    HostTree tree = new HostTree(folder);
    InstantSource slow = InstantSource.offset(InstantSource.system(), Duration.ofHours(-1));

    HostFacts facts = new FactsGatherer(slow).gather(Shells.of("sh", tree.environment()), HOST);

    assertThat(facts.installed().root()).isEqualTo(tree.root().toString());
    assertThat(facts.disks())
        .extracting(HostFacts.Disk::folder)
        .containsExactly(
            tree.root().toString(), "/tmp", "/tmp/it's scratch", tree.home() + "/more");
    assertThat(Duration.ofMillis(facts.clockOffsetMillis()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void passesOnWhatAHostSaysInsteadOfFacts() {
    Shells refusing =
        new Shells(
            List.of("sh", "-c", "cat >/dev/null; echo 'account expired' >&2; exit 7"), Map.of());

    assertThatThrownBy(() -> new FactsGatherer(InstantSource.system()).gather(refusing, HOST))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.host()).contains("here");
              assertThat(failure.what()).endsWith("ended with exit code 7: account expired");
            });
  }
}
