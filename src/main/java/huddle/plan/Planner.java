package huddle.plan;

import huddle.facts.HostFacts;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one idea: what should be different follows from what is wanted and what is there, and from
/// nothing else.
public final class Planner {
  private Planner() {}

  /// Plans the way from the facts to the goal. Planning again after the plan was carried out gives
  /// an empty plan.
  public static Plan plan(ClusterSpec spec, Goal goal, ClusterFacts facts, Offers offers) {
    return switch (goal) {
      case Goal.Up up -> new UpPlanner(spec, facts, offers, Set.of(), Optional.empty()).plan();
      case Goal.Restarted restarted ->
          new UpPlanner(spec, facts, offers, restarted.hosts(), Optional.empty()).plan();
      case Goal.Rotated rotated -> RotationPlanner.rotated(spec, facts, offers, rotated.patience());
      case Goal.Serving serving -> ServicePlanner.serving(spec, facts, offers, serving.service());
      case Goal.Equipped equipped ->
          ServicePlanner.equipped(spec, facts, offers, equipped.service());
      case Goal.NotServing not -> DownPlanner.without(spec, facts, not.service());
      case Goal.Stopped stopped -> DownPlanner.stopped(spec, facts);
      case Goal.Gone gone -> DownPlanner.gone(spec, facts);
    };
  }

  /// The hosts that the Master's manifest names and the file no longer does: gather their facts
  /// before planning.
  public static List<Host> departed(ClusterSpec spec, HostFacts mastersHost) {
    return Manifest.departed(mastersHost.installed().manifest(), spec.hosts());
  }

  /// Where notebooks are on the host that is their place; absolute.
  public static String notebookFolder(ClusterSpec spec, HostFacts facts) {
    return spec.notebook()
        .folder()
        .map(folder -> SettingsChoice.absolute(folder, facts))
        .orElse(facts.installed().root() + "/notebooks");
  }
}
