package huddle.plan;

import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.spark.MasterState;
import huddle.spec.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a cluster before planning.
///
/// @param hosts facts by host name, of those that answered
/// @param unreachable why the others did not
/// @param master what the Master says of itself; empty if none answers
/// @param departed hosts that the manifest on the Master's host names and the file no longer does
public record ClusterFacts(
    Map<String, HostFacts> hosts,
    Map<String, Failure> unreachable,
    Optional<MasterState> master,
    List<Host> departed) {
  public ClusterFacts {
    hosts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    unreachable = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(unreachable));
    departed = List.copyOf(departed);
  }
}
