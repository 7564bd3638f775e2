package huddle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.facts.Installed.Data;
import huddle.facts.Installed.Data.State;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a plan says of the folder that is to have the same files everywhere.
class DataFoldersTest {
  private static final String FILE =
      """
      name: penguins
      master: one
      workers: [one, two, three]
      """;

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("one", FoundHost.at("10.0.0.1"))
          .host("two", FoundHost.at("10.0.0.2"))
          .host("three", FoundHost.at("10.0.0.3"));

  private void found(String host, State state, String... entries) {
    cluster.host(host).data = new Data(state, List.of(entries));
  }

  @Test
  void itIsMadeWhereItIsMissing() {
    cluster.up(FILE);
    found("two", State.MISSING);
    assertThat(SimulatedCluster.words(cluster.up(FILE))).containsExactly("two add data");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void whatOnlySomeHostsHaveIsAWarning() {
    found("one", State.FOLDER, "a.csv", "b.csv", "c\u001b[31m.csv");
    found("two", State.FOLDER, "a.csv", "b.csv");
    found("three", State.FOLDER, "a.csv");
    assertThat(cluster.plan(FILE).warnings())
        .extracting(Failure::what)
        .containsExactly(
            "only some hosts have what is in /var/tmp/huddle-penguins: b.csv on 2 of 3 hosts, c.csv"
                + " on one only");
    assertThat(cluster.plan(FILE).warnings())
        .extracting(Failure::remedy)
        .containsExactly("`huddle push` it, so that a task on any Worker finds it");
    found("three", State.MISSING);
    assertThat(
            cluster.plan(FILE.replace("name: penguins", "name: penguins\ndata: /d/e")).warnings())
        .extracting(Failure::what)
        .allMatch(what -> what.startsWith("only some hosts have what is in /d/e: a.csv on 2 of 3"));
  }

  @Test
  void theSameEverywhereIsNoWarning() {
    for (String host : List.of("one", "two", "three")) {
      found(host, State.FOLDER, "a.csv");
    }
    cluster.unreachable("three");
    found("two", State.UNKNOWN);
    assertThat(cluster.plan(FILE).warnings()).isEmpty();
  }

  @Test
  void moreThanIsToldIsNotCompared() {
    found(
        "one", State.FOLDER, IntStream.range(0, 500).mapToObj(i -> "f" + i).toArray(String[]::new));
    found("two", State.FOLDER);
    assertThat(cluster.plan(FILE).warnings()).isEmpty();
  }

  @Test
  void somethingElseInItsPlaceIsAWarningAndStopsNothing() {
    cluster.up(FILE);
    found("two", State.OTHER);
    Plan plan = cluster.plan(FILE);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.warnings())
        .extracting(Failure::what)
        .containsExactly("/var/tmp/huddle-penguins is there and is not this cluster's folder");
  }
}
