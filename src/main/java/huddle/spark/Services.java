package huddle.spark;

import huddle.spec.Role;
import huddle.spec.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the services of a host are started with.
///
/// @param here services whose place this host is, whether they run or not
/// @param specs what the file says of each
/// @param workers what all Workers of the cluster hand out; a service's share follows from it
public record Services(
    Set<Role> here, Map<Role, ServiceSpec> specs, List<HostSettings.WorkerSize> workers) {
  /// None.
  public static final Services NONE = new Services(Set.of(), Map.of(), List.of());

  public Services {
    here = Set.copyOf(here);
    specs = Map.copyOf(specs);
    workers = List.copyOf(workers);
  }

  /// Without what follows from the size of the cluster.
  Services unsized() {
    return new Services(here, specs, List.of());
  }

  /// What the file says of a service.
  public ServiceSpec spec(Role role) {
    return specs.getOrDefault(role, ServiceSpec.DEFAULT);
  }

  /// Heap of its own process, as Java writes it.
  String memory(Role role) {
    return spec(role).memory().map(size -> size.mebibytes() + "m").orElse(Sizing.DAEMON_MIB + "m");
  }

  /// The `spark.*` keys that keep a service from starving the rest: a quarter of the cluster, given
  /// back when idle.
  Map<String, String> share(Role role, Map<String, String> set) {
    int total = workers.stream().mapToInt(HostSettings.WorkerSize::cores).sum();
    Map<String, String> keys = new TreeMap<>();
    keys.put("spark.cores.max", Integer.toString(Math.max(1, total / 4)));
    keys.put("spark.executor.cores", "1");
    keys.put("spark.dynamicAllocation.enabled", "true");
    keys.put("spark.dynamicAllocation.minExecutors", "0");
    keys.put("spark.dynamicAllocation.executorIdleTimeout", "60s");
    keys.put("spark.dynamicAllocation.shuffleTracking.enabled", "true");
    keys.put("spark.dynamicAllocation.shuffleTracking.timeout", "10min");
    keys.keySet().removeIf(set::containsKey);
    spec(role).cores().ifPresent(cores -> keys.put("spark.cores.max", Integer.toString(cores)));
    return keys;
  }
}
