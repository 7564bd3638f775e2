package huddle.plan;

import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.Change;
import huddle.event.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// JVM libraries of the file: brought where they lack, removed where they are no longer used.
class PackagesPlanTest {
  private static final String FILE =
      """
      name: penguins
      master: one
      workers: [one, two]
      """;

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("one", FoundHost.at("10.0.0.1"))
          .host("two", FoundHost.at("10.0.0.2"));

  private static Optional<Offers.PackagesOffer> offer(String folder, String... warnings) {
    return Optional.of(new Offers.PackagesOffer(folder, List.of("a:b:1"), List.of(warnings)));
  }

  @Test
  void theyGoToEveryHostAndOnlyWorkersRestart() {
    cluster.up(FILE);
    cluster.packages = offer("jars-1");
    Plan plan = cluster.up(FILE);
    assertThat(words(plan))
        .containsExactly(
            "one add packages",
            "one change conf",
            "one restart worker",
            "two add packages",
            "two change conf",
            "two restart worker",
            "one add proof");
    assertThat(plan.changes()).extracting(Change::summary).contains("package a:b:1");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void othersTakeTheirPlace() {
    cluster.packages = offer("jars-1");
    cluster.up(FILE);
    cluster.packages = offer("jars-2");
    assertThat(words(cluster.up(FILE)))
        .containsSubsequence("one add packages", "one restart worker", "one remove packages");
    assertThat(cluster.host("one").jars.keySet()).containsExactly("jars-2");
    cluster.packages = Optional.empty();
    assertThat(words(cluster.up(FILE))).contains("two remove packages");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void whatMayNotWorkIsAWarningOfEveryPlan() {
    cluster.packages = offer("jars-1", "a:b:1 is made for Spark 4.1, and the cluster has 4.3.0");
    cluster.up(FILE);
    assertThat(cluster.plan(FILE).warnings())
        .extracting(Failure::what)
        .containsExactly("a:b:1 is made for Spark 4.1, and the cluster has 4.3.0");
  }
}
