package huddle.status;

import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.plan.ClusterFacts;
import huddle.spec.ClusterSpec;
import huddle.spec.Role;
import huddle.status.ClusterStatus.HostState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What `status` says of a service: of those that the file asks for, and of those that run.
///
/// @param host that it runs on, or would
/// @param port on that host's loopback; empty for one that has a socket instead
/// @param wanted whether the file asks for it
/// @param reason why it is not up; empty if it is
public record ServiceStatus(
    Role service,
    String host,
    HostState state,
    OptionalInt port,
    boolean wanted,
    Optional<String> reason) {

  static List<ServiceStatus> of(ClusterSpec spec, ClusterFacts facts) {
    List<ServiceStatus> services = new ArrayList<>();
    for (Role service : Role.SERVICES) {
      one(spec, facts, service).ifPresent(services::add);
    }
    return services;
  }

  private static Optional<ServiceStatus> one(ClusterSpec spec, ClusterFacts facts, Role service) {
    String host = spec.placeOf(service);
    boolean wanted = spec.service(service).isWanted();
    HostFacts of = facts.hosts().get(host);
    if (of == null) {
      Failure why = facts.unreachable().get(host);
      return wanted
          ? Optional.of(
              new ServiceStatus(
                  service,
                  host,
                  HostState.UNREACHABLE,
                  port(spec, service),
                  true,
                  Optional.of(why == null ? "not asked" : why.what())))
          : Optional.empty();
    }
    Installed.Running running = of.installed().running().get(service);
    if (running == null && !wanted) {
      return Optional.empty();
    }
    OptionalInt port = port(spec, service);
    if (running == null) {
      return Optional.of(
          new ServiceStatus(
              service, host, HostState.DOWN, port, wanted, Optional.of("it is not running")));
    }
    if (port.isPresent() && !running.ports().contains(port.getAsInt())) {
      String why = "it does not listen on port %d".formatted(port.getAsInt());
      return Optional.of(
          new ServiceStatus(service, host, HostState.STARTING, port, wanted, Optional.of(why)));
    }
    Optional<String> lost = lost(facts, service);
    return Optional.of(
        new ServiceStatus(
            service, host, lost.isPresent() ? HostState.LOST : HostState.UP, port, wanted, lost));
  }

  private static Optional<String> lost(ClusterFacts facts, Role service) {
    if (service == Role.HISTORY) {
      return Optional.empty();
    }
    if (facts.master().isEmpty()) {
      return Optional.of("it runs, but no Master answers");
    }
    return facts.master().get().hasLost(service)
        ? Optional.of("it runs, but its Application has ended")
        : Optional.empty();
  }

  private static OptionalInt port(ClusterSpec spec, Role service) {
    return switch (service) {
      case HISTORY -> OptionalInt.of(spec.ports().history());
      case CONNECT -> OptionalInt.of(spec.ports().connect());
      case THRIFT -> OptionalInt.of(spec.ports().thrift());
      case NOTEBOOK, MASTER, WORKER -> OptionalInt.empty();
    };
  }
}
