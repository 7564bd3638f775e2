package huddle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.facts.FactsParser;
import huddle.facts.HostFacts;
import huddle.shell.Script;
import huddle.spark.HostSettings.WorkerSize;
import huddle.spark.Sizing;
import huddle.spec.Host;
import huddle.spec.MemorySize;
import huddle.spec.Role;
import huddle.ssh.Destination;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkerSizesTest {
  private static final HostFacts FACTS =
      FactsParser.parse(
          "worker.one", Script.text(FactsParser.class, "debian.txt"), Instant.EPOCH, Instant.EPOCH);

  @Test
  void theMachineSaysWhereTheFileDoesNot() {
    assertThat(WorkerSizes.of(host(Set.of(Role.WORKER), OptionalInt.empty(), ""), FACTS))
        .isEqualTo(new WorkerSize(FACTS.cores(), Sizing.workerMemoryMiB(FACTS.memoryMiB(), false)));
  }

  @Test
  void theMastersHostKeepsMoreForItself() {
    Host both = host(Set.of(Role.MASTER, Role.WORKER), OptionalInt.empty(), "");
    assertThat(WorkerSizes.of(both, FACTS).memoryMiB())
        .isEqualTo(Sizing.workerMemoryMiB(FACTS.memoryMiB(), true));
  }

  @Test
  void theFileHasTheLastWord() {
    assertThat(WorkerSizes.of(host(Set.of(Role.WORKER), OptionalInt.of(3), "2g"), FACTS))
        .isEqualTo(new WorkerSize(3, 2048));
  }

  @Test
  void aMasterAloneHandsOutNothing() {
    assertThat(WorkerSizes.of(host(Set.of(Role.MASTER), OptionalInt.of(3), "2g"), FACTS))
        .isEqualTo(new WorkerSize(0, 0));
  }

  private static Host host(Set<Role> roles, OptionalInt cores, String memory) {
    return new Host(
        "worker.one",
        new Destination("worker.one", Optional.empty(), OptionalInt.empty(), Optional.empty()),
        roles,
        "~/.huddle/penguins",
        cores,
        MemorySize.parse(memory),
        List.of(),
        Map.of());
  }
}
