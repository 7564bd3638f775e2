package huddle.apply;

import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.plan.ClusterFacts;
import huddle.plan.Planner;
import huddle.spark.MasterState;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the facts of every host, side by side, and asks the Master.
public final class ClusterGatherer {
  private final FactsGatherer gatherer;

  public ClusterGatherer(FactsGatherer gatherer) {
    this.gatherer = gatherer;
  }

  /// Connects where needed, and gathers. A host that fails is among the unreachable; nothing is
  /// thrown for it.
  public ClusterFacts gather(ClusterSpec spec, Hosts hosts) throws InterruptedException {
    List<Host> named = spec.hosts();
    hosts.open(named);
    Map<String, HostFacts> facts = new ConcurrentHashMap<>();
    Map<String, Failure> failed = new ConcurrentHashMap<>(hosts.failures());
    gather(named, hosts, facts, failed);
    HostFacts atMaster = facts.get(hosts.master());
    List<Host> departed = atMaster == null ? List.of() : Planner.departed(spec, atMaster);
    if (!departed.isEmpty()) {
      hosts.open(departed);
      failed.putAll(hosts.failures());
      gather(departed, hosts, facts, failed);
    }
    Map<String, HostFacts> ordered = new LinkedHashMap<>();
    Map<String, Failure> orderedFailures = new LinkedHashMap<>();
    for (Host host : java.util.stream.Stream.concat(named.stream(), departed.stream()).toList()) {
      HostFacts of = facts.get(host.name());
      if (of != null) {
        ordered.put(host.name(), of);
      }
      Failure failure = failed.get(host.name());
      if (of == null && failure != null) {
        orderedFailures.put(host.name(), failure);
      }
    }
    return new ClusterFacts(
        ordered, orderedFailures, masterState(hosts, Optional.ofNullable(atMaster)), departed);
  }

  private void gather(
      List<Host> hosts, Hosts connected, Map<String, HostFacts> facts, Map<String, Failure> failed)
      throws InterruptedException {
    SideBySide.run(
        hosts.stream().filter(host -> connected.find(host.name()).isPresent()).toList(),
        host -> {
          try {
            facts.put(host.name(), gatherer.gather(connected.connection(host.name()), host));
          } catch (Failure failure) {
            failed.put(host.name(), failure);
          }
        });
  }

  /// Only a Master of this cluster is asked: another one may have its port.
  private static Optional<MasterState> masterState(Hosts hosts, Optional<HostFacts> atMaster) {
    return atMaster.filter(of -> of.installed().running().containsKey(Role.MASTER)).isPresent()
        ? hosts.masterClient().state()
        : Optional.empty();
  }
}
