package huddle.plan;

import huddle.change.Action;
import huddle.change.Change;
import huddle.change.InstallInterpreter;
import huddle.change.InstallPython;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.spec.ClusterSpec;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which environments and interpreters of Python a host should have, and which it should not.
final class PythonPlanner {
  private final ClusterSpec spec;
  private final Map<String, HostFacts> hosts;
  private final PythonOffers offers;
  private final Pythons pythons;

  PythonPlanner(ClusterSpec spec, ClusterFacts facts, PythonOffers offers, Pythons pythons) {
    this.spec = spec;
    this.hosts = facts.hosts();
    this.offers = offers;
    this.pythons = pythons;
  }

  /// What is to be brought to a host.
  List<Change> installs(String host, HostFacts facts) {
    List<Change> changes = new ArrayList<>();
    Installed installed = facts.installed();
    PythonOffers.Interpreter interpreter = pythons.brought().get(host);
    String platform = Offers.platform(facts.arch(), facts.libc());
    if (interpreter != null
        && !installed.pythons().interpreters().containsKey(interpreter.folder())) {
      changes.add(
          new InstallInterpreter(
              host,
              installed.root(),
              interpreter.folder(),
              interpreter.minor(),
              platform,
              offers.everywhere() ? "the file names it" : "no suitable Python on the host"));
    }
    String path = pythons.paths().get(host);
    if (path == null) {
      return changes;
    }
    for (PythonEnvironment environment : wanted(host)) {
      String there = installed.pythons().environments().get(environment.folder());
      String identity = environment.identity(path);
      boolean fits =
          PythonEnvironment.found(there == null ? "" : there)
              .filter(found -> found.digest().equals(environment.digest()))
              .filter(found -> found.interpreter().equals(path))
              .isPresent();
      if (!identity.equals(there)) {
        changes.add(
            new InstallPython(
                host,
                new Action.UnpackPython(
                    installed.root(),
                    environment.folder(),
                    platform,
                    path,
                    environment.minor(),
                    identity),
                environment.summary(),
                there == null ? Change.Verb.ADD : Change.Verb.CHANGE,
                fits ? "asked for in other words" : reason(there, environment, installed),
                fits));
      }
    }
    return changes;
  }

  private static String reason(
      @org.jspecify.annotations.Nullable String there,
      PythonEnvironment environment,
      Installed installed) {
    if (there != null) {
      return "it stands on another interpreter";
    }
    boolean another =
        installed.pythons().environments().values().stream()
            .flatMap(identity -> PythonEnvironment.found(identity).stream())
            .anyMatch(found -> found.kind() == environment.kind());
    return another ? "other packages are there" : "not there";
  }

  /// The notebook's lives on the notebook's host only.
  private List<PythonEnvironment> wanted(String host) {
    List<PythonEnvironment> wanted = new ArrayList<>();
    for (PythonKind kind : PythonKind.values()) {
      boolean here =
          switch (kind) {
            case CLUSTER -> true;
            case NOTEBOOK -> host.equals(spec.placeOf(Role.NOTEBOOK));
          };
      if (here) {
        offers.environment(kind).ifPresent(wanted::add);
      }
    }
    return wanted;
  }

  /// Folders of a host that are of no use any more. What a process of any host runs from stays on
  /// all of them: its Application may still start executors anywhere.
  List<String> leftovers(String host, HostFacts facts) {
    Set<String> kept = new HashSet<>();
    hosts.values().forEach(of -> kept.addAll(of.installed().pythons().used()));
    wanted(host).forEach(environment -> kept.add(environment.folder()));
    Installed.Pythons there = facts.installed().pythons();
    List<String> leftovers = new ArrayList<>();
    boolean busy = false;
    for (String folder : there.environments().keySet().stream().sorted().toList()) {
      if (!kept.contains(folder)) {
        leftovers.add(folder);
      } else if (wanted(host).stream().noneMatch(e -> e.folder().equals(folder))) {
        busy = true;
      }
    }
    PythonOffers.Interpreter interpreter = pythons.brought().get(host);
    for (String folder : there.interpreters().keySet().stream().sorted().toList()) {
      boolean used = interpreter != null && interpreter.folder().equals(folder);
      if (!used && !busy) {
        leftovers.add(folder);
      }
    }
    return leftovers;
  }
}
