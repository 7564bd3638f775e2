package huddle.plan;

import static huddle.plan.SimulatedCluster.spec;
import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.spark.ConfFile;
import huddle.spec.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A new secret for a cluster that runs, whole or cut off anywhere.
class RotationTest {
  private static final String FILE = "name: penguins\nmaster: one\nworkers: [one, two, three]\n";
  private static final String OLD = "5e".repeat(32);
  private static final String NEW = "a0".repeat(32);
  private static final Goal ROTATED = new Goal.Rotated(Optional.of(Duration.ofMinutes(10)));

  private static SimulatedCluster running() {
    SimulatedCluster cluster =
        new SimulatedCluster()
            .host("one", FoundHost.at("10.0.0.1"))
            .host("two", FoundHost.at("10.0.0.2"))
            .host("three", FoundHost.at("10.0.0.3"));
    cluster.up(FILE);
    cluster.secret = NEW;
    return cluster;
  }

  @Test
  void theMastersHostGetsItFirstAndNothingStopsBeforeApplicationsHaveEnded() {
    Plan plan = running().plan(spec(FILE), ROTATED);
    assertThat(words(plan))
        .containsExactly(
            "one change conf",
            "one change applications",
            "one remove worker",
            "two remove worker",
            "three remove worker",
            "one restart master",
            "one restart worker",
            "two change conf",
            "two restart worker",
            "three change conf",
            "three restart worker",
            "one add proof");
    List<Order.Waits> waits = Order.waits(plan.changes());
    assertThat(waits.get(1).needs()).containsExactly(0);
    for (int i = 2; i < waits.size(); i++) {
      assertThat(waits.get(i).needs()).as("%s", plan.changes().get(i)).contains(1);
    }
    assertThat(waits.get(5).after()).containsExactly(3, 4);
    assertThat(waits.get(5).needs()).contains(2);
  }

  @Test
  void nobodyIsWaitedForNowOrWhereNoMasterRuns() {
    SimulatedCluster cluster = running();
    assertThat(words(cluster.plan(spec(FILE), new Goal.Rotated(Optional.empty()))))
        .doesNotContain("one change applications");
    cluster.kill("one", Role.MASTER);
    assertThat(words(cluster.plan(spec(FILE), ROTATED)))
        .doesNotContain("one change applications")
        .contains("one change conf", "two change conf", "one add master");
  }

  @Test
  void afterwardsThereIsNothingToDo() {
    SimulatedCluster cluster = running();
    cluster.apply(cluster.plan(spec(FILE), ROTATED));
    assertThat(cluster.plan(spec(FILE), ROTATED.afterwards()).isEmpty()).isTrue();
    assertThat(List.of("one", "two", "three"))
        .allMatch(host -> cluster.host(host).secretDigest.equals(digest(NEW)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void cutOffAnywhereUpGoesOn(int changes) {
    SimulatedCluster cluster = running();
    cluster.plan(spec(FILE), ROTATED).changes().stream().limit(changes).forEach(cluster::apply);
    // What every later run goes by is what the Master's host has.
    boolean begun = cluster.host("one").secretDigest.equals(digest(NEW));
    assertThat(begun).isEqualTo(changes > 0);
    cluster.secret = begun ? NEW : OLD;
    Plan up = cluster.up(FILE);
    assertThat(up.isEmpty()).isEqualTo(!begun);
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
    assertThat(List.of("one", "two", "three"))
        .allMatch(host -> cluster.host(host).secretDigest.equals(digest(cluster.secret)));
  }

  @Test
  void aHostThatIsAwayGetsItWhenItIsBack() {
    SimulatedCluster cluster = running();
    cluster.unreachable("three");
    Plan plan = cluster.plan(spec(FILE), ROTATED);
    assertThat(plan.refusals()).hasSize(1);
    assertThat(words(plan)).noneMatch(change -> change.startsWith("three"));
    cluster.apply(plan);
    cluster.reachable("three");
    assertThat(words(cluster.plan(FILE))).contains("three change conf", "three restart worker");
    cluster.up(FILE);
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  private static Optional<String> digest(String secret) {
    return Optional.of(ConfFile.sha256(secret));
  }
}
