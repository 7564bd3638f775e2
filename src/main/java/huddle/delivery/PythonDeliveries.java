package huddle.delivery;

import huddle.apply.Convergence;
import huddle.artifact.OperatorEnvironment;
import huddle.artifact.PythonInterpreters;
import huddle.artifact.PythonPackages;
import huddle.change.Action;
import huddle.change.Change;
import huddle.change.InstallInterpreter;
import huddle.change.InstallPython;
import huddle.facts.HostFacts;
import huddle.plan.ClusterFacts;
import huddle.plan.Goal;
import huddle.plan.PythonNeed;
import huddle.plan.PythonOffers;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import huddle.spec.Role;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The environments of Python that a cluster should have, and interpreters for hosts that have no
/// suitable one. What is on the Master's host and came from the same request is kept: then nothing
/// is asked.
final class PythonDeliveries {
  private final ClusterSpec spec;
  private final SparkVersion spark;
  private final PythonRequests requests;
  private final EnvironmentDeliveries environments;
  private final InterpreterDeliveries interpreters;

  PythonDeliveries(
      OperatorEnvironment operator, ClusterSpec spec, SparkVersion spark, FetchEvents events) {
    this.spec = spec;
    this.spark = spark;
    this.requests = new PythonRequests(operator, spec, spark);
    this.environments = new EnvironmentDeliveries(requests, PythonPackages.of(operator), events);
    this.interpreters =
        new InterpreterDeliveries(spec, spark, PythonInterpreters.of(operator), events);
  }

  PythonOffers offers(ClusterFacts facts, Goal goal) {
    Map<String, HostFacts> hosts = hosts(facts);
    HostFacts atMaster = hosts.get(spec.hosts().getFirst().name());
    if (atMaster == null) {
      return PythonOffers.NONE;
    }
    PythonNeed need = PythonNeed.of(spec, spark, hosts);
    PythonOffers offers = interpreters.offers(hosts, need);
    String minor =
        offers.everywhere()
            ? offers.interpreters().values().iterator().next().minor()
            : need.minor();
    if ((!need.own() && offers.interpreters().isEmpty()) || !need.suits(spark)) {
      // The plan refuses the hosts; there is nothing to put packages on.
      return offers;
    }
    Map<PythonKind, PythonEnvironment> offered = new EnumMap<>(PythonKind.class);
    Optional<PythonEnvironment> cluster = cluster(minor, atMaster, hosts, goal);
    cluster.ifPresent(environment -> offered.put(PythonKind.CLUSTER, environment));
    notebook(minor, cluster.map(PythonEnvironment::all).orElse(Pins.NONE), hosts, goal)
        .ifPresent(environment -> offered.put(PythonKind.NOTEBOOK, environment));
    return new PythonOffers(offered, offers.interpreters(), offers.everywhere());
  }

  private Map<String, HostFacts> hosts(ClusterFacts facts) {
    Map<String, HostFacts> hosts = new LinkedHashMap<>();
    spec.hosts()
        .forEach(host -> {
          HostFacts of = facts.hosts().get(host.name());
          if (of != null) {
            hosts.put(host.name(), of);
          }
        });
    return hosts;
  }

  private Optional<PythonEnvironment> cluster(
      String minor, HostFacts atMaster, Map<String, HostFacts> hosts, Goal goal) {
    PythonRequest request = requests.of(PythonKind.CLUSTER, minor, Pins.NONE);
    InstalledEnvironments installed = new InstalledEnvironments(atMaster);
    // A service on demand changes nothing of the cluster: that is up's to do.
    return goal instanceof Goal.Serving || goal instanceof Goal.Equipped
        ? installed.from(request).or(() -> installed.older(request))
        : environments.offer(request, atMaster, hosts);
  }

  /// The notebook's: where the goal asks for it, or it is there and fits, or something runs from
  /// it.
  ///
  /// @param base pins of the cluster's
  private Optional<PythonEnvironment> notebook(
      String minor, Pins base, Map<String, HostFacts> hosts, Goal goal) {
    String name = spec.placeOf(Role.NOTEBOOK);
    HostFacts host = hosts.get(name);
    if (host == null) {
      return Optional.empty();
    }
    PythonRequest request = requests.of(PythonKind.NOTEBOOK, minor, base);
    InstalledEnvironments installed = new InstalledEnvironments(host);
    return goal.pythons().contains(PythonKind.NOTEBOOK) || installed.isUsed(PythonKind.NOTEBOOK)
        ? environments.offer(request, host, Map.of(name, host))
        : installed.from(request);
  }

  /// Fetches or builds what the plan installs.
  PythonPayloads fetch(Convergence.Planned planned) {
    PythonPayloads payloads = new PythonPayloads();
    Map<String, PythonPlatform> all = PythonPlatforms.lowest(hosts(planned.facts()).values());
    Map<String, PythonPlatform> lacking = PythonPlatforms.lowest(lacking(planned).values());
    for (Change change : planned.plan().changes()) {
      if (change instanceof InstallPython install && !install.there()) {
        Action.UnpackPython unpack = install.action();
        PythonPlatform platform = all.get(unpack.platform());
        Optional<PythonEnvironment> environment =
            planned.offers().pythons().environments().values().stream()
                .filter(offered -> offered.folder().equals(unpack.folder()))
                .findFirst();
        if (platform != null && environment.isPresent()) {
          payloads.environment(
              unpack.folder(),
              unpack.platform(),
              () -> environments.fetch(install, environment.get(), platform));
        }
      } else if (change instanceof InstallInterpreter install) {
        PythonPlatform platform = lacking.get(install.platform());
        if (platform != null) {
          payloads.interpreter(install.platform(), () -> interpreters.fetch(install, platform));
        }
      }
    }
    return payloads;
  }

  /// The hosts that get an interpreter.
  private Map<String, HostFacts> lacking(Convergence.Planned planned) {
    Map<String, HostFacts> lacking = new HashMap<>(hosts(planned.facts()));
    lacking
        .keySet()
        .removeIf(host ->
            planned.plan().changes().stream()
                .noneMatch(
                    change -> change instanceof InstallInterpreter && change.host().equals(host)));
    return lacking;
  }
}
