package huddle.spark;

import huddle.spec.Role;
import huddle.spec.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the services of a host are started with.
///
/// @param here services whose place this host is, whether they run or not
/// @param specs what the file says of each
/// @param workers what all Workers of the cluster hand out; a service's share follows from it
/// @param notebook what the notebook server runs from; empty where its own environment is neither
///   there nor asked for
public record Services(
    Set<Role> here,
    Map<Role, ServiceSpec> specs,
    List<HostSettings.WorkerSize> workers,
    Optional<NotebookPlace> notebook) {
  /// None.
  public static final Services NONE = new Services(Set.of(), Map.of(), List.of(), Optional.empty());

  /// Without a notebook's environment.
  public Services(
      Set<Role> here, Map<Role, ServiceSpec> specs, List<HostSettings.WorkerSize> workers) {
    this(here, specs, workers, Optional.empty());
  }

  public Services {
    here = Set.copyOf(here);
    specs = Map.copyOf(specs);
    workers = List.copyOf(workers);
  }

  /// Without what follows from the size of the cluster.
  Services unsized() {
    return new Services(here, specs, List.of(), notebook);
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
    List<MasterState.Worker> all =
        workers.stream()
            .map(size ->
                new MasterState.Worker("", "", 0, "ALIVE", size.cores(), 0, size.memoryMiB(), 0))
            .toList();
    return Shares.of(all)
        .properties(
            Shares.Kind.INTERACTIVE, new Shares.Wish(spec(role).cores(), Optional.empty()), set);
  }
}
