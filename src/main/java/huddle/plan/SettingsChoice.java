package huddle.plan;

import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.spark.HostSettings;
import huddle.spark.NotebookPlace;
import huddle.spark.Services;
import huddle.spark.Sizing;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides the settings of every host that can take part.
///
/// @param settings by host name
/// @param javas what each of them runs on
/// @param pythons the interpreters of all hosts
/// @param refusals why the others cannot, by host name
record SettingsChoice(
    Map<String, HostSettings> settings,
    Map<String, Javas> javas,
    Pythons pythons,
    Map<String, Failure> refusals) {

  static SettingsChoice of(ClusterSpec spec, ClusterFacts facts, Offers offers) {
    Map<String, HostSettings> settings = new LinkedHashMap<>();
    Map<String, Javas> javas = new LinkedHashMap<>();
    Map<String, Failure> refusals = new LinkedHashMap<>();
    List<Host> hosts = spec.hosts();
    String masterName = hosts.getFirst().name();
    Map<String, HostFacts> known = new LinkedHashMap<>();
    hosts.forEach(host -> {
      HostFacts of = facts.hosts().get(host.name());
      if (of != null) {
        known.put(host.name(), of);
      }
    });
    // One host that is this machine stays on loopback, also while it is the only one that answers.
    Map<String, String> addresses = Addresses.advertised(known, hosts.size() > 1);
    Pythons pythons = Pythons.choose(spec, offers.spark(), masterName, known, offers.pythons());
    Optional<PythonEnvironment> environment = offers.pythons().environment(PythonKind.CLUSTER);
    String masterAddress = addresses.get(masterName);
    if (masterAddress == null) {
      if (known.containsKey(masterName)) {
        refusals.put(masterName, noAddress(masterName));
      }
      return new SettingsChoice(settings, javas, pythons, refusals);
    }
    List<String> workers =
        hosts.stream()
            .filter(host -> host.is(Role.WORKER))
            .map(host -> addresses.getOrDefault(host.name(), host.destination().host()))
            .toList();
    List<HostSettings.WorkerSize> sizes =
        hosts.stream()
            .filter(host -> host.is(Role.WORKER))
            .flatMap(host ->
                Optional.ofNullable(known.get(host.name())).stream()
                    .map(of -> Sizing.worker(host, of.cores(), of.memoryMiB())))
            .toList();
    List<Host> seen = new ArrayList<>();
    for (Host host : hosts) {
      HostFacts of = known.get(host.name());
      if (of == null) {
        continue;
      }
      String address = addresses.get(host.name());
      Optional<Host> same =
          seen.stream()
              .filter(other -> Objects.equals(addresses.get(other.name()), address))
              .filter(other -> collide(host, other, known))
              .findFirst();
      if (address != null && same.isPresent()) {
        refusals.put(host.name(), sameMachine(host.name(), same.get().name(), address));
        continue;
      }
      seen.add(host);
      String python = pythons.paths().get(host.name());
      Javas java = Javas.choose(spec, offers, host.name(), of);
      String javaHome =
          switch (java) {
            case Javas.Present present -> present.home();
            case Javas.Brought brought -> of.installed().root() + "/" + brought.offer().folder();
            case Javas.None none -> {
              refusals.put(host.name(), none.why());
              yield "";
            }
          };
      if (address == null) {
        refusals.put(host.name(), noAddress(host.name()));
      } else if (python == null) {
        refusals.put(
            host.name(), Objects.requireNonNull(pythons.refusals().get(host.name()), host.name()));
      }
      if (address == null || python == null || javaHome.isEmpty()) {
        continue;
      }
      HostSettings decided =
          new HostSettings(
              spec.name(),
              host.name(),
              of.installed().root(),
              address,
              host.roles(),
              offers.spark(),
              offers.sparkIdentity().orElse(""),
              javaHome,
              environment.map(e -> of.installed().root() + "/" + e.python()).orElse(python),
              new HostSettings.MasterAddress(masterAddress, spec.ports().master()),
              spec.ports(),
              Sizing.worker(host, of.cores(), of.memoryMiB()),
              host.dirs().stream().map(dir -> absolute(dir, of)).toList(),
              environment(spec, host),
              spec.conf(),
              workers,
              new Services(
                  here(spec, host),
                  specs(spec),
                  sizes,
                  offers
                      .pythons()
                      .environment(PythonKind.NOTEBOOK)
                      .filter(e -> spec.placeOf(Role.NOTEBOOK).equals(host.name()))
                      .map(e -> notebook(spec, of, e))),
              offers.packages().map(Offers.PackagesOffer::folder),
              spec.dataFolder());
      settings.put(host.name(), decided);
      javas.put(host.name(), java);
    }
    return new SettingsChoice(settings, javas, pythons, refusals);
  }

  private static NotebookPlace notebook(
      ClusterSpec spec, HostFacts facts, PythonEnvironment environment) {
    String root = facts.installed().root();
    return new NotebookPlace(
        root + "/" + environment.python(), Planner.notebookFolder(spec, facts));
  }

  private static Set<Role> here(ClusterSpec spec, Host host) {
    return Role.SERVICES.stream()
        .filter(service -> spec.placeOf(service).equals(host.name()))
        .collect(Collectors.toSet());
  }

  private static Map<Role, ServiceSpec> specs(ClusterSpec spec) {
    return Role.SERVICES.stream().collect(Collectors.toMap(service -> service, spec::service));
  }

  private static Map<String, String> environment(ClusterSpec spec, Host host) {
    Map<String, String> environment = new LinkedHashMap<>(spec.env());
    environment.putAll(host.env());
    return environment;
  }

  /// A folder of the file as it is on the host: a leading `~/` is the login's home there.
  static String absolute(String dir, HostFacts facts) {
    return dir.startsWith("~/") ? facts.home() + dir.substring(1) : dir;
  }

  /// Whether two names of one machine cannot both take part: two Workers would have one address,
  /// and one folder would be two hosts'.
  private static boolean collide(Host one, Host other, Map<String, HostFacts> known) {
    HostFacts ofOne = known.get(one.name());
    HostFacts ofOther = known.get(other.name());
    return (one.is(Role.WORKER) && other.is(Role.WORKER))
        || (ofOne != null
            && ofOther != null
            && ofOne.installed().root().equals(ofOther.installed().root()));
  }

  private static Failure sameMachine(String host, String first, String address) {
    return Failure.on(
        host,
        "it is the same machine as %s: both are reached at %s".formatted(first, address),
        "name each machine once; if they are two, give each an address of its own");
  }

  private static Failure noAddress(String host) {
    return Failure.on(
        host,
        "none of its addresses can be reached by the other hosts",
        "give it an IPv4 address in their network");
  }
}
