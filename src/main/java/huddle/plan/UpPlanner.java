package huddle.plan;

import huddle.change.Action;
import huddle.change.Change;
import huddle.change.InstallJava;
import huddle.change.InstallPackages;
import huddle.change.InstallSpark;
import huddle.change.PrepareRoot;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spark.HostSettings;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Plans the way to a cluster that is installed, running and proven.
final class UpPlanner {
  private static final String OTHER_SPARK =
      "if it fails, choose a version of it for this Spark, or another Spark with `spark: {version: …}`";

  private final ClusterSpec spec;
  private final ClusterFacts facts;
  private final Offers offers;
  private final Set<String> restarted;
  private final Optional<Role> asked;
  private final List<Host> hosts;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Failure> refusals = new LinkedHashMap<>();
  private final List<Failure> serviceRefusals = new ArrayList<>();
  private boolean newSecret;
  private final List<Failure> warnings = new ArrayList<>();

  /// @param restarted names of hosts whose daemons are restarted
  /// @param asked a service that is to run though the file does not ask for it
  UpPlanner(
      ClusterSpec spec,
      ClusterFacts facts,
      Offers offers,
      Set<String> restarted,
      Optional<Role> asked) {
    this.spec = spec;
    this.facts = facts;
    this.offers = offers;
    this.restarted = restarted;
    this.asked = asked;
    this.hosts = spec.hosts();
  }

  /// As if the cluster had no secret yet.
  UpPlanner withNewSecret() {
    newSecret = true;
    return this;
  }

  Plan plan() {
    refusals.putAll(facts.unreachable());
    SettingsChoice choice = SettingsChoice.of(spec, facts, offers);
    refusals.putAll(choice.refusals());
    choice
        .settings()
        .forEach((name, settings) ->
            Preflight.refusal(settings, factsOf(name))
                .ifPresent(refusal -> refusals.putIfAbsent(name, refusal)));
    String master = hosts.getFirst().name();
    if (refusals.containsKey(master)) {
      // Without the Master nothing else is worth starting; say what is wrong everywhere and touch
      // nothing.
      return new Plan(List.of(), List.copyOf(refusals.values()), warnings);
    }
    offers
        .packages()
        .ifPresent(packages ->
            packages.warnings().forEach(text -> warnings.add(Failure.of(text, OTHER_SPARK))));
    warnings.addAll(DataFolders.warnings(spec, facts));
    List<Change> removals = Departures.removals(spec, facts);
    for (Host host : hosts) {
      HostSettings settings = choice.settings().get(host.name());
      if (settings != null && !refusals.containsKey(host.name())) {
        warnings.addAll(Preflight.warnings(settings, factsOf(host.name())));
        planHost(host, settings, choice, !removals.isEmpty());
      }
    }
    changes.addAll(removals);
    HostSettings atMaster = choice.settings().get(master);
    if (atMaster != null) {
      if (!removals.isEmpty()) {
        changes.add(Departures.forgotten(atMaster, hosts));
      }
      planProof(atMaster, choice.settings());
    }
    List<Failure> all = new ArrayList<>(refusals.values());
    all.addAll(serviceRefusals);
    return new Plan(changes, all, warnings);
  }

  private HostFacts factsOf(String host) {
    HostFacts of = facts.hosts().get(host);
    if (of == null) {
      throw new IllegalStateException("settings for a host without facts: " + host);
    }
    return of;
  }

  private void planHost(
      Host host, HostSettings settings, SettingsChoice choice, boolean othersLeave) {
    Installed installed = factsOf(host.name()).installed();
    if (installed.manifest().isEmpty()) {
      changes.add(new PrepareRoot(host.name(), installed.root(), spec.name()));
    }
    planSpark(settings, installed);
    if (choice.javas().get(host.name()) instanceof Javas.Brought brought) {
      changes.add(
          new InstallJava(
              host.name(),
              installed.root(),
              brought.offer().folder(),
              brought.offer().version(),
              brought.platform(),
              "no suitable Java on the host"));
    }
    planPackages(settings, installed);
    PythonPlanner python = new PythonPlanner(spec, facts, offers.pythons(), choice.pythons());
    changes.addAll(python.installs(host.name(), factsOf(host.name())));
    new ConfPlanner(hosts, facts, secretDigest(), newSecret)
        .change(settings, installed, othersLeave && host.is(Role.MASTER))
        .ifPresent(changes::add);
    DaemonPlanner.Daemons daemons =
        new DaemonPlanner(facts.master(), restarted.contains(host.name()), asked, secretDigest())
            .of(settings, factsOf(host.name()));
    changes.addAll(daemons.changes());
    serviceRefusals.addAll(daemons.refusals());
    DataFolders.missing(settings, factsOf(host.name())).ifPresent(changes::add);
    changes.addAll(
        Leftovers.removals(
            settings, installed, python.leftovers(host.name(), factsOf(host.name()))));
  }

  private void planSpark(HostSettings settings, Installed installed) {
    String there = installed.sparks().get(settings.sparkFolder());
    boolean fits = there != null && offers.sparkIdentity().map(there::equals).orElse(true);
    if (!fits) {
      changes.add(
          new InstallSpark(
              settings.host(),
              settings.root(),
              settings.spark(),
              there == null ? Change.Verb.ADD : Change.Verb.CHANGE,
              there == null ? "not there" : "another build of it is there"));
    }
  }

  private void planPackages(HostSettings settings, Installed installed) {
    offers
        .packages()
        .filter(packages -> !installed.jars().containsKey(packages.folder()))
        .ifPresent(packages ->
            changes.add(
                new InstallPackages(
                    settings.host(),
                    settings.root(),
                    packages.folder(),
                    packages.coordinates(),
                    "not there")));
  }

  /// Digest of the cluster's secret: the one on the Master's host, if it has one.
  private Optional<String> secretDigest() {
    return newSecret
        ? Optional.empty()
        : factsOf(hosts.getFirst().name()).installed().secretDigest();
  }

  private void planProof(HostSettings atMaster, Map<String, HostSettings> settings) {
    List<Action.Expected> expected =
        settings.values().stream()
            .filter(s -> s.roles().contains(Role.WORKER) && !refusals.containsKey(s.host()))
            .map(s -> new Action.Expected(s.host(), s.address(), s.ports().worker()))
            .toList();
    new ProofPlanner(factsOf(atMaster.host()).installed(), facts.master(), List.copyOf(changes))
        .change(atMaster, expected)
        .ifPresent(changes::add);
  }
}
