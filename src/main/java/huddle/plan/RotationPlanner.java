package huddle.plan;

import huddle.change.Change;
import huddle.change.Drain;
import huddle.change.Prove;
import huddle.change.RemoveFolder;
import huddle.change.RemoveRoot;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.facts.HostFacts;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans a new secret: what `up` would do if the cluster had none, in an order that ends no
/// Application. The Master's host gets it first, which is where every later run finds it: cut off
/// before that, nothing has changed; cut off after it, `up` goes on. Workers stop before the Master
/// starts again, or it would wait a minute for those that it cannot believe any more.
final class RotationPlanner {
  private RotationPlanner() {}

  static Plan rotated(
      ClusterSpec spec, ClusterFacts facts, Offers offers, Optional<Duration> patience) {
    Plan up = new UpPlanner(spec, facts, offers, Set.of(), Optional.empty()).withNewSecret().plan();
    String master = spec.hosts().getFirst().name();
    if (up.changes().isEmpty()) {
      return up;
    }
    List<Change> changes = new ArrayList<>();
    up.changes().stream().filter(change -> isFiles(change, master)).forEach(changes::add);
    if (patience.isPresent() && runs(facts, master, Role.MASTER)) {
      changes.add(new Drain(master, patience.get()));
    }
    for (Host host : spec.hosts()) {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null
          && runs(facts, host.name(), Role.WORKER)
          && up.changes().stream().anyMatch(change -> change.host().equals(host.name()))) {
        changes.add(
            new StopDaemon(
                host.name(), of.installed().root(), Role.WORKER, "it holds the old secret"));
      }
    }
    up.changes().stream().filter(change -> !isFiles(change, master)).forEach(changes::add);
    return new Plan(changes, up.refusals(), up.warnings());
  }

  /// Whether it only brings files to the Master's host.
  private static boolean isFiles(Change change, String master) {
    return change.host().equals(master)
        && !(change instanceof StartDaemon
            || change instanceof StopDaemon
            || change instanceof Prove
            || change instanceof RemoveFolder
            || change instanceof RemoveRoot);
  }

  private static boolean runs(ClusterFacts facts, String host, Role role) {
    HostFacts of = facts.hosts().get(host);
    return of != null && of.installed().running().containsKey(role);
  }
}
