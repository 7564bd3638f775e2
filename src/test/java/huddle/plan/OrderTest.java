package huddle.plan;

import static huddle.plan.SimulatedCluster.spec;
import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.Change;
import huddle.spec.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who waits for whom, and the goals other than up.
class OrderTest {
  private static final String FILE = "name: penguins\nmaster: one\nworkers: [one, two]\n";

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("one", FoundHost.at("10.0.0.1"))
          .host("two", FoundHost.at("10.0.0.2"));

  @BeforeEach
  void up() {
    cluster.up(FILE);
  }

  /// `change <- what it needs | what it is after`.
  private static List<String> waits(Plan plan) {
    List<Order.Waits> waits = Order.waits(plan.changes());
    List<String> words = words(plan);
    return java.util.stream.IntStream.range(0, words.size())
        .mapToObj(i -> words.get(i) + " <- " + waits.get(i).needs() + " | " + waits.get(i).after())
        .toList();
  }

  @Test
  void upFromNothing() {
    SimulatedCluster empty =
        new SimulatedCluster()
            .host("one", FoundHost.at("10.0.0.1"))
            .host("two", FoundHost.at("10.0.0.2"));
    assertThat(waits(empty.plan(FILE)))
        .containsExactly(
            "one add root <- [] | []",
            "one add spark <- [0] | []",
            "one add conf <- [0, 1] | []",
            "one add master <- [0, 1, 2] | []",
            "one add worker <- [0, 1, 2, 3] | []",
            "two add root <- [] | []",
            "two add spark <- [5] | []",
            "two add conf <- [5, 6] | []",
            "two add worker <- [3, 5, 6, 7] | []",
            // A Worker that fails, also the one beside the Master, does not keep the others from
            // being proven.
            "one add proof <- [0, 1, 2, 3] | [4, 8]");
  }

  @Test
  void stopEndsTheWorkersBeforeTheMaster() {
    Plan plan = cluster.plan(spec(FILE), new Goal.Stopped());
    assertThat(waits(plan))
        .containsExactly(
            "one remove worker <- [] | []",
            "one remove master <- [0] | [2]",
            "two remove worker <- [] | []");
    cluster.apply(plan);
    assertThat(cluster.plan(spec(FILE), new Goal.Stopped()).isEmpty()).isTrue();
    assertThat(words(cluster.plan(FILE)))
        .as("up again")
        .containsExactly("one add master", "one add worker", "two add worker", "one add proof");
  }

  @Test
  void restartingOneHostRestartsOnlyItsDaemons() {
    Plan plan = cluster.plan(spec(FILE), new Goal.Restarted(Set.of("one")));
    assertThat(words(plan))
        .containsExactly("one restart master", "one restart worker", "one add proof");
    assertThat(plan.changes().getFirst().reason()).isEqualTo("asked for");
  }

  @Test
  void destroyStopsAndRemoves() {
    Plan plan = cluster.plan(spec(FILE), new Goal.Gone());
    assertThat(words(plan))
        .containsExactly(
            "one remove worker",
            "one remove master",
            "one remove root",
            "two remove worker",
            "two remove root");
    cluster.apply(plan);
    assertThat(cluster.plan(spec(FILE), new Goal.Gone()).isEmpty()).isTrue();
  }

  @Test
  void destroyCleansTheOthersWhereOneDoesNotAnswer() {
    cluster.unreachable("one");
    Plan plan = cluster.plan(spec(FILE), new Goal.Gone());
    assertThat(words(plan)).containsExactly("two remove worker", "two remove root");
    assertThat(plan.refusals()).extracting(f -> f.host().orElse("")).containsExactly("one");
  }

  @Test
  void destroyTakesDepartedHostsAlong() {
    String alone = "name: penguins\nmaster: one\nworkers: [one]\n";
    assertThat(words(cluster.plan(spec(alone), new Goal.Gone())))
        .contains("one remove root", "two remove worker", "two remove root");
  }

  @Test
  void oneHostAloneIsPlannedWithoutTheProofThatIsTheMasters() {
    cluster.kill("one", Role.WORKER);
    cluster.kill("two", Role.WORKER);
    Plan plan = cluster.plan(FILE);
    assertThat(words(plan.only(Set.of("two")))).containsExactly("two add worker");
    assertThat(words(plan.only(Set.of("one")))).containsExactly("one add worker", "one add proof");
    assertThat(plan.only(Set.of("nobody")).isEmpty()).isTrue();
  }

  @Test
  void refusalsOfOtherHostsDoNotConcernANarrowedRun() {
    cluster.unreachable("two");
    cluster.host("one").openFiles = 1024;
    Plan plan = cluster.plan(FILE);
    assertThat(plan.only(Set.of("one")).refusals()).isEmpty();
    assertThat(plan.only(Set.of("one")).warnings()).hasSize(1);
    assertThat(plan.only(Set.of("two")).refusals()).hasSize(1);
    assertThat(plan.only(Set.of("two")).warnings()).isEmpty();
  }

  @Test
  void aMasterThatMovesToAnotherHost() {
    String moved = "name: penguins\nmaster: two\nworkers: [one, two]\n";
    Plan plan = cluster.up(moved);
    assertThat(words(plan))
        .contains(
            "two add master", "two restart worker", "one remove master", "one restart worker");
    assertThat(cluster.plan(moved).isEmpty()).isTrue();
  }

  @Test
  void nobodyWaitsInACircle() {
    String moved = "name: penguins\nmaster: two\nworkers: [one, three]\n";
    cluster.host("three", FoundHost.at("10.0.0.3"));
    List<Change> changes = cluster.plan(moved).changes();
    List<Order.Waits> waits = Order.waits(changes);
    boolean[] done = new boolean[changes.size()];
    for (int round = 0; round < changes.size(); round++) {
      for (int i = 0; i < changes.size(); i++) {
        Order.Waits of = waits.get(i);
        done[i] |=
            of.needs().stream().allMatch(j -> done[j])
                && of.after().stream().allMatch(j -> done[j]);
      }
    }
    assertThat(done).doesNotContain(false);
  }
}
