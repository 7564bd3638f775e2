package huddle.plan;

import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.python.PythonEnvironment;
import huddle.spark.SparkRules;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one Python of a cluster: driver and executors must run the same minor version, or every UDF
/// fails. A host that lacks it gets an interpreter, where one can be brought.
///
/// @param minor `3.11`; empty if no host has a suitable one and none can be brought
/// @param paths of the interpreter by host, of those that have it or get it
/// @param brought what those hosts get that lack it
/// @param refusals of the hosts that neither have it nor can get it
record Pythons(
    String minor,
    Map<String, String> paths,
    Map<String, PythonOffers.Interpreter> brought,
    Map<String, Failure> refusals) {
  Pythons {
    paths = Map.copyOf(paths);
    brought = Map.copyOf(brought);
    refusals = Map.copyOf(refusals);
  }

  /// Chooses the newest minor version that the most hosts have, the Master's among them; where the
  /// Master's host has none, or the file names an interpreter, that of the interpreters.
  static Pythons choose(
      ClusterSpec spec,
      SparkVersion spark,
      String master,
      Map<String, HostFacts> hosts,
      PythonOffers offers) {
    Optional<String> offered =
        offers.interpreters().values().stream().map(PythonOffers.Interpreter::minor).findFirst();
    Optional<String> own = offers.everywhere() ? Optional.empty() : own(spec, spark, master, hosts);
    Optional<String> minor = own.or(() -> offered);
    Map<String, String> paths = new LinkedHashMap<>();
    Map<String, PythonOffers.Interpreter> brought = new LinkedHashMap<>();
    Map<String, Failure> refusals = new LinkedHashMap<>();
    hosts.forEach((host, facts) -> {
      Optional<HostFacts.Python> python =
          offers.everywhere()
              ? Optional.empty()
              : preferred(
                  facts,
                  suitable(spec, spark, facts).stream()
                      .filter(p -> p.minor().equals(minor.orElse("")))
                      .toList());
      Optional<PythonOffers.Interpreter> interpreter =
          Optional.ofNullable(
                  offers.interpreters().get(Offers.platform(facts.arch(), facts.libc())))
              .filter(i -> i.minor().equals(minor.orElse("")));
      if (python.isPresent()) {
        paths.put(host, python.get().path());
      } else if (interpreter.isPresent()) {
        paths.put(host, facts.installed().root() + "/" + interpreter.get().python());
        brought.put(host, interpreter.get());
      } else {
        refusals.put(host, refusal(spec, spark, host, facts, minor));
      }
    });
    return new Pythons(minor.orElse(""), paths, brought, refusals);
  }

  /// The newest minor version that the most hosts have, the Master's among them.
  static Optional<String> own(
      ClusterSpec spec, SparkVersion spark, String master, Map<String, HostFacts> hosts) {
    Map<String, Long> hostsByMinor =
        hosts.values().stream()
            .flatMap(facts ->
                suitable(spec, spark, facts).stream().map(HostFacts.Python::minor).distinct())
            .collect(Collectors.groupingBy(minor -> minor, Collectors.counting()));
    HostFacts atMaster = hosts.get(master);
    return atMaster == null
        ? Optional.empty()
        : suitable(spec, spark, atMaster).stream()
            .map(HostFacts.Python::minor)
            .max(
                Comparator.comparing((String m) -> hostsByMinor.getOrDefault(m, 0L))
                    .thenComparingInt(Pythons::number));
  }

  /// The one that the host's environments stand on already, if it is still there; else the first.
  private static Optional<HostFacts.Python> preferred(
      HostFacts facts, List<HostFacts.Python> suitable) {
    List<String> used =
        facts.installed().pythons().environments().values().stream()
            .flatMap(identity -> PythonEnvironment.found(identity).stream())
            .map(PythonEnvironment.Found::interpreter)
            .toList();
    return suitable.stream()
        .filter(python -> used.contains(python.path()))
        .findFirst()
        .or(() -> suitable.stream().findFirst());
  }

  static List<HostFacts.Python> suitable(ClusterSpec spec, SparkVersion spark, HostFacts facts) {
    return facts.pythons().stream()
        .filter(python -> spec.python().path().map(python.path()::equals).orElse(true))
        .filter(python -> spec.python().version().map(python.minor()::equals).orElse(true))
        .filter(python -> python.minor().startsWith("3."))
        .filter(python -> suits(spark, python.minor()))
        .toList();
  }

  private static Failure refusal(
      ClusterSpec spec, SparkVersion spark, String host, HostFacts facts, Optional<String> minor) {
    String found =
        facts.pythons().isEmpty()
            ? "and the host has none"
            : "and the host has only "
                + facts.pythons().stream()
                    .map(HostFacts.Python::version)
                    .distinct()
                    .limit(5)
                    .collect(Collectors.joining(", "));
    String range =
        "3.%d to 3.%d"
            .formatted(SparkRules.oldestPythonMinor(spark), SparkRules.newestPythonMinor(spark));
    if (spec.python().path().isPresent()) {
      return Failure.on(
          host,
          "python.path %s is no Python that Spark %s runs on (%s)"
              .formatted(spec.python().path().get(), spark, range),
          "install it there, or take python.path out of the file");
    }
    if (spec.python().version().filter(version -> !suits(spark, version)).isPresent()) {
      return Failure.on(
          host,
          "Spark %s runs on Python %s, not on %s as the file says"
              .formatted(spark, range, spec.python().version().get()),
          "take python.version out of the file, or choose another");
    }
    String wanted = minor.or(() -> spec.python().version()).orElse(range);
    return Failure.on(
        host,
        (minor.isPresent()
                ? "the cluster runs on Python %s as the Master's host does, ".formatted(wanted)
                : "Spark %s needs Python %s, ".formatted(spark, wanted))
            + found,
        "install Python %s there, or name one to bring: `python: {source: cpython.tar.gz}`"
            .formatted(
                minor.isPresent() || spec.python().version().isPresent()
                    ? wanted
                    : "3." + SparkRules.oldestPythonMinor(spark) + " or later"));
  }

  static boolean suits(SparkVersion spark, String minor) {
    return number(minor) >= SparkRules.oldestPythonMinor(spark)
        && number(minor) <= SparkRules.newestPythonMinor(spark);
  }

  static int number(String minor) {
    String digits = minor.substring(minor.indexOf('.') + 1);
    return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
  }
}
