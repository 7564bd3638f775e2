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
import java.util.Optional;
import java.util.function.BiFunction;

/// Plans a cluster's end: nothing running, or nothing left.
final class DownPlanner {
  private DownPlanner() {}

  static Plan stopped(ClusterSpec spec, ClusterFacts facts) {
    return of(spec, facts, (host, of) -> stops(host, of, "the cluster is to stop"));
  }

  static Plan gone(ClusterSpec spec, ClusterFacts facts) {
    return of(spec, facts, (host, of) -> removals(spec, host, of, "the cluster is to be removed"));
  }

  /// One service stops; nothing else is touched.
  static Plan without(ClusterSpec spec, ClusterFacts facts, Role service) {
    Plan all = of(spec, facts, (host, of) -> stops(host, of, List.of(service), "asked for"));
    // Hosts that it cannot run on need not answer.
    List<Failure> refusals =
        all.refusals().stream()
            .filter(refusal -> refusal.host().equals(Optional.of(spec.placeOf(service))))
            .toList();
    return new Plan(all.changes(), refusals, List.of());
  }

  private static Plan of(
      ClusterSpec spec, ClusterFacts facts, BiFunction<Host, HostFacts, List<Change>> planned) {
    List<Change> changes = new ArrayList<>();
    List<Failure> refusals = new ArrayList<>(facts.unreachable().values());
    for (Host host : everyHost(spec, facts)) {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null) {
        // What runs from another cluster's root, or lies in a folder of somebody's, is not ours.
        Preflight.notOurs(spec.name(), host.name(), of.installed())
            .ifPresentOrElse(refusals::add, () -> changes.addAll(planned.apply(host, of)));
      }
    }
    return new Plan(changes, refusals, List.of());
  }

  /// Everything of a host that leaves the cluster.
  static List<Change> removals(ClusterSpec spec, Host host, HostFacts facts, String reason) {
    List<Change> changes = new ArrayList<>(stops(host, facts, reason));
    if (facts.installed().exists()) {
      List<String> dirs =
          host.dirs().stream()
              .map(dir -> DaemonCommand.scratch(spec.name(), SettingsChoice.absolute(dir, facts)))
              .toList();
      boolean notebooks =
          spec.notebook().folder().isEmpty()
              && facts.installed().files().keySet().stream()
                  .anyMatch(file -> file.startsWith("conf/notebook/"));
      changes.add(
          new RemoveRoot(
              host.name(), facts.installed().root(), spec.name(), dirs, notebooks, reason));
    }
    return changes;
  }

  /// In the opposite order of starts: a Master that goes first makes every Worker log errors.
  static List<Change> stops(Host host, HostFacts facts, String reason) {
    return stops(host, facts, List.of(Role.values()).reversed(), reason);
  }

  private static List<Change> stops(Host host, HostFacts facts, List<Role> roles, String reason) {
    List<Change> changes = new ArrayList<>();
    for (Role role : roles) {
      if (facts.installed().running().containsKey(role)) {
        changes.add(new StopDaemon(host.name(), facts.installed().root(), role, reason));
      }
    }
    return changes;
  }

  private static List<Host> everyHost(ClusterSpec spec, ClusterFacts facts) {
    List<Host> hosts = new ArrayList<>(spec.hosts());
    hosts.addAll(Departures.elsewhere(spec, facts));
    return hosts;
  }
}
