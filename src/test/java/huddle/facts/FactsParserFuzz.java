package huddle.facts;

import huddle.change.Change;
import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.plan.Goal;
import huddle.plan.Offers;
import huddle.plan.Plan;
import huddle.plan.Planner;
import huddle.plan.SimulatedCluster;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whatever a host prints is facts or a failure, and whatever facts there are give a plan.
public final class FactsParserFuzz {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);
  private static final List<Goal> GOALS =
      List.of(new Goal.Up(), new Goal.Stopped(), new Goal.Gone());

  private FactsParserFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    plan(text);
    plan("huddle-facts\t1\n" + text + "\nend\t1\n");
  }

  private static void plan(String output) {
    HostFacts facts;
    try {
      facts = FactsParser.parse("here", output, NOW, NOW.plusMillis(100));
    } catch (Failure failure) {
      return;
    }
    if (facts.cores() < 1 || facts.memoryMiB() < 0) {
      throw new AssertionError("a machine of %d cores".formatted(facts.cores()));
    }
    facts.listening().forEach(listening -> checkPort(listening.port()));
    ClusterSpec spec = ClusterSpec.local();
    String name = spec.hosts().getFirst().name();
    List<Host> departed = Planner.departed(spec, facts);
    Offers offers = new SimulatedCluster().offers();
    for (Goal goal : GOALS) {
      Plan plan =
          Planner.plan(
              spec,
              goal,
              new ClusterFacts(Map.of(name, facts), Map.of(), Optional.empty(), departed),
              offers);
      for (Change change : plan.changes()) {
        if (change.actions().isEmpty() || change.summary().isEmpty()) {
          throw new AssertionError("a change that does nothing: " + change);
        }
      }
    }
  }

  private static void checkPort(int port) {
    if (port < 0 || port > 65_535) {
      throw new AssertionError("port " + port);
    }
  }
}
