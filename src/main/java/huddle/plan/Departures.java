package huddle.plan;

import huddle.change.Change;
import huddle.change.WriteConf;
import huddle.facts.HostFacts;
import huddle.spark.HostSettings;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import java.util.ArrayList;
import java.util.List;

/// Hosts that the file no longer names: what they have is removed, and only then does the manifest
/// forget them, so that a run that is cut off between the two leaves no Worker behind.
final class Departures {
  private Departures() {}

  /// The departed hosts that are not in truth one that stays, reached in another way: by another
  /// name, or with the port written out.
  static List<Host> elsewhere(ClusterSpec spec, ClusterFacts facts) {
    return facts.departed().stream()
        .filter(host -> {
          HostFacts of = facts.hosts().get(host.name());
          return of == null
              || spec.hosts().stream()
                  .map(staying -> facts.hosts().get(staying.name()))
                  .noneMatch(staying -> staying != null && isSamePlace(of, staying));
        })
        .toList();
  }

  private static boolean isSamePlace(HostFacts one, HostFacts other) {
    return one.hostName().equals(other.hostName())
        && one.user().equals(other.user())
        && one.addresses().equals(other.addresses())
        && one.installed().root().equals(other.installed().root());
  }

  /// What the departed hosts lose; empty if none of them has anything.
  static List<Change> removals(ClusterSpec spec, ClusterFacts facts) {
    List<Change> changes = new ArrayList<>();
    for (Host host : elsewhere(spec, facts)) {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null && Preflight.notOurs(spec.name(), host.name(), of.installed()).isEmpty()) {
        changes.addAll(DownPlanner.removals(spec, host, of, "the file no longer names this host"));
      }
    }
    return changes;
  }

  /// The manifest without them, written once they are clean.
  static Change forgotten(HostSettings atMaster, List<Host> staying) {
    return new WriteConf(
        atMaster.host(),
        atMaster.root(),
        List.of(Manifest.file(atMaster, staying)),
        Change.Verb.CHANGE,
        "it names hosts that have left");
  }
}
