package huddle.status;

import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.plan.ClusterFacts;
import huddle.spark.HostSettings;
import huddle.spark.MasterState;
import huddle.spark.Sizing;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Ports;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `status` says: a claim about the cluster, not about processes.
///
/// @param masterUrl `spark://…`; empty while no Master answers
/// @param masterUi its page, on the Master's host's loopback; empty while no Master answers
public record ClusterStatus(
    String cluster,
    State state,
    Optional<String> masterUrl,
    Optional<String> masterUi,
    List<HostStatus> hosts,
    List<ServiceStatus> services,
    List<MasterState.Application> applications) {
  public ClusterStatus {
    hosts = List.copyOf(hosts);
    services = List.copyOf(services);
    applications = List.copyOf(applications);
  }

  /// Of the whole cluster: `UP` if every host is and every service that the file asks for, `DOWN`
  /// if no Master serves, else `DEGRADED`.
  public enum State {
    UP,
    DEGRADED,
    DOWN;

    /// As in JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Of one host, for its Master and Worker; or of a service.
  public enum HostState {
    UP,
    DOWN,
    UNREACHABLE,
    STARTING,
    LOST;

    /// As in JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param address advertised to the other hosts; empty if unknown
  /// @param cores and memoryMiB that its Worker hands out, or would; 0 where it has no Worker
  /// @param reason why it is not up; empty if it is
  public record HostStatus(
      String name,
      String address,
      List<Role> roles,
      HostState state,
      int cores,
      long memoryMiB,
      Optional<String> reason) {
    public HostStatus {
      roles = List.copyOf(roles);
    }
  }

  /// Tells the status from what was gathered.
  public static ClusterStatus of(ClusterSpec spec, ClusterFacts facts) {
    List<HostStatus> hosts = new ArrayList<>();
    for (Host host : spec.hosts()) {
      hosts.add(hostStatus(spec, host, facts));
    }
    HostFacts atMaster = facts.hosts().get(hosts.getFirst().name());
    boolean masterUp =
        facts.master().filter(MasterState::isAlive).isPresent()
            && atMaster != null
            && atMaster.installed().running().containsKey(Role.MASTER);
    List<ServiceStatus> services = ServiceStatus.of(spec, facts);
    boolean allUp =
        hosts.stream().allMatch(host -> host.state() == HostState.UP)
            && services.stream()
                .allMatch(service -> !service.wanted() || service.state() == HostState.UP);
    State state = !masterUp ? State.DOWN : allUp ? State.UP : State.DEGRADED;
    return new ClusterStatus(
        spec.name(),
        state,
        masterUp ? facts.master().map(MasterState::url) : Optional.empty(),
        masterUp ? Optional.of("http://127.0.0.1:" + spec.ports().masterUi()) : Optional.empty(),
        hosts,
        services,
        masterUp ? facts.master().map(MasterState::applications).orElse(List.of()) : List.of());
  }

  private static HostStatus hostStatus(ClusterSpec spec, Host host, ClusterFacts facts) {
    List<Role> roles = host.roles().stream().filter(role -> !role.isService()).sorted().toList();
    Failure unreachable = facts.unreachable().get(host.name());
    HostFacts of = facts.hosts().get(host.name());
    if (unreachable != null || of == null) {
      String why = unreachable == null ? "not asked" : unreachable.what();
      return new HostStatus(host.name(), "", roles, HostState.UNREACHABLE, 0, 0, Optional.of(why));
    }
    Optional<MasterState.Worker> worker =
        host.is(Role.WORKER) ? workerOf(spec, of, facts.master()) : Optional.empty();
    HostSettings.WorkerSize size = Sizing.worker(host, of.cores(), of.memoryMiB());
    HostState state = HostState.UP;
    List<String> reasons = new ArrayList<>();
    for (Role role : roles) {
      RoleState roleState = roleState(spec, role, of.installed(), facts.master(), worker);
      reasons.addAll(roleState.reason().stream().toList());
      state = worse(state, roleState.state());
    }
    return new HostStatus(
        host.name(),
        worker
            .map(MasterState.Worker::address)
            .or(of::reachedAt)
            .orElse(host.destination().isThisMachine() ? "127.0.0.1" : ""),
        roles,
        state,
        worker.map(MasterState.Worker::cores).orElse(size.cores()),
        worker.map(MasterState.Worker::memoryMiB).orElse(Math.max(0, size.memoryMiB())),
        reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons)));
  }

  private record RoleState(HostState state, Optional<String> reason) {
    static final RoleState UP = new RoleState(HostState.UP, Optional.empty());

    static RoleState of(HostState state, String reason) {
      return new RoleState(state, Optional.of(reason));
    }
  }

  private static RoleState roleState(
      ClusterSpec spec,
      Role role,
      Installed installed,
      Optional<MasterState> master,
      Optional<MasterState.Worker> worker) {
    Installed.Running running = installed.running().get(role);
    String title = "the " + role.title();
    if (running == null) {
      return RoleState.of(HostState.DOWN, title + " is not running");
    }
    Ports ports = spec.ports();
    List<Integer> wanted =
        role == Role.MASTER
            ? List.of(ports.master(), ports.masterUi())
            : List.of(ports.worker(), ports.workerUi());
    Optional<Integer> missing =
        wanted.stream().filter(port -> !running.ports().contains(port)).findFirst();
    if (missing.isPresent()) {
      return RoleState.of(
          running.ports().size() < wanted.size() ? HostState.STARTING : HostState.LOST,
          running.ports().isEmpty()
              ? title + " does not listen yet"
              : title + " does not listen on port " + missing.get());
    }
    if (role == Role.MASTER) {
      if (master.isEmpty()) {
        return RoleState.of(HostState.STARTING, "the Master does not answer yet");
      }
      return master.get().isAlive()
          ? RoleState.UP
          : RoleState.of(HostState.STARTING, "the Master is " + master.get().status());
    }
    if (worker.filter(MasterState.Worker::isAlive).isPresent()) {
      return RoleState.UP;
    }
    if (master.isEmpty()) {
      return RoleState.of(HostState.LOST, "the Worker runs, but no Master answers");
    }
    return worker.isPresent()
        ? RoleState.of(HostState.LOST, "the Master says " + worker.get().state())
        : RoleState.of(HostState.LOST, "the Worker runs, but the Master does not list it");
  }

  private static Optional<MasterState.Worker> workerOf(
      ClusterSpec spec, HostFacts facts, Optional<MasterState> master) {
    return master.stream()
        .flatMap(state -> state.workers().stream())
        .filter(worker -> worker.port() == spec.ports().worker())
        .filter(worker ->
            facts.reachedAt().map(worker.address()::equals).orElse(false)
                || facts.addresses().stream()
                    .anyMatch(address -> address.address().equals(worker.address()))
                || worker.address().startsWith("127."))
        .min((a, b) -> Boolean.compare(b.isAlive(), a.isAlive()));
  }

  private static HostState worse(HostState one, HostState other) {
    List<HostState> order =
        List.of(
            HostState.UP,
            HostState.STARTING,
            HostState.LOST,
            HostState.DOWN,
            HostState.UNREACHABLE);
    return order.indexOf(one) >= order.indexOf(other) ? one : other;
  }
}
