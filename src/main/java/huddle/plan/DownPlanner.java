package huddle.plan;

import huddle.change.Change;
import huddle.change.RemoveRoot;
import huddle.change.StopDaemon;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.spark.DaemonCommand;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;

/// Plans a cluster's end: nothing running, or nothing left.
final class DownPlanner {
  private DownPlanner() {}

  static Plan stopped(ClusterSpec spec, ClusterFacts facts) {
    List<Change> changes = new ArrayList<>();
    for (Host host : everyHost(spec, facts)) {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null) {
        changes.addAll(stops(host, of, "the cluster is to stop"));
      }
    }
    return new Plan(changes, List.copyOf(facts.unreachable().values()), List.of());
  }

  static Plan gone(ClusterSpec spec, ClusterFacts facts) {
    List<Change> changes = new ArrayList<>();
    for (Host host : everyHost(spec, facts)) {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null) {
        changes.addAll(removals(spec.name(), host, of, "the cluster is to be removed"));
      }
    }
    return new Plan(changes, List.copyOf(facts.unreachable().values()), List.of());
  }

  /// Everything of a host that leaves the cluster.
  static List<Change> removals(String cluster, Host host, HostFacts facts, String reason) {
    List<Change> changes = new ArrayList<>(stops(host, facts, reason));
    if (facts.installed().exists()) {
      List<String> dirs =
          host.dirs().stream()
              .map(dir -> DaemonCommand.scratch(cluster, SettingsChoice.absolute(dir, facts)))
              .toList();
      changes.add(new RemoveRoot(host.name(), facts.installed().root(), cluster, dirs, reason));
    }
    return changes;
  }

  /// The Worker first: a Master that goes first makes every Worker log errors.
  static List<Change> stops(Host host, HostFacts facts, String reason) {
    List<Change> changes = new ArrayList<>();
    for (Role role : List.of(Role.WORKER, Role.MASTER)) {
      if (facts.installed().running().containsKey(role)) {
        changes.add(new StopDaemon(host.name(), facts.installed().root(), role, reason));
      }
    }
    return changes;
  }

  private static List<Host> everyHost(ClusterSpec spec, ClusterFacts facts) {
    List<Host> hosts = new ArrayList<>(spec.hosts());
    hosts.addAll(facts.departed());
    return hosts;
  }

  /// Hosts that did not answer, as refusals.
  static List<Failure> unreachable(ClusterFacts facts) {
    return List.copyOf(facts.unreachable().values());
  }
}
