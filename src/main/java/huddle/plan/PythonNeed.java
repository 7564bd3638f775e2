package huddle.plan;

import huddle.facts.HostFacts;
import huddle.spark.SparkRules;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What hosts have of Python and what they lack, before the operator offers anything.
///
/// @param minor that the cluster should run on: the hosts' own, or one that suits them all
/// @param own whether it is that of the Master's host
/// @param lacking hosts without it, by name
public record PythonNeed(String minor, boolean own, Map<String, HostFacts> lacking) {
  /// The newest that wheels of most packages are made for.
  private static final int WIDELY_SUPPORTED = 13;

  public PythonNeed {
    lacking = Map.copyOf(lacking);
  }

  /// @param hosts facts of the hosts of the file that answered
  public static PythonNeed of(ClusterSpec spec, SparkVersion spark, Map<String, HostFacts> hosts) {
    String master = spec.hosts().getFirst().name();
    Optional<String> own = Pythons.own(spec, spark, master, hosts);
    String minor =
        own.or(() -> spec.python().version()).orElseGet(() -> common(spec, spark, hosts));
    Map<String, HostFacts> lacking = new LinkedHashMap<>();
    hosts.forEach((name, facts) -> {
      if (Pythons.suitable(spec, spark, facts).stream()
          .noneMatch(python -> python.minor().equals(minor))) {
        lacking.put(name, facts);
      }
    });
    return new PythonNeed(minor, own.isPresent(), lacking);
  }

  /// What the Master's host has of an earlier `up`, so that it stays; else what most Workers have,
  /// so that few need one.
  private static String common(ClusterSpec spec, SparkVersion spark, Map<String, HostFacts> hosts) {
    HostFacts atMaster = hosts.get(spec.hosts().getFirst().name());
    Optional<String> brought =
        atMaster == null
            ? Optional.empty()
            : atMaster.installed().pythons().interpreters().keySet().stream()
                .map(folder -> folder.replaceFirst("^cpython-(3\\.[0-9]+).*$", "$1"))
                .filter(minor -> Pythons.suits(spark, minor))
                .max(Comparator.comparingInt(Pythons::number));
    return brought.orElseGet(() ->
        hosts.values().stream()
            .flatMap(facts -> Pythons.suitable(spec, spark, facts).stream())
            .map(HostFacts.Python::minor)
            .max(Comparator.comparingInt(Pythons::number))
            .orElse("3." + Math.min(WIDELY_SUPPORTED, SparkRules.newestPythonMinor(spark))));
  }

  /// Whether this Spark runs on that minor.
  public boolean suits(SparkVersion spark) {
    return Pythons.suits(spark, minor);
  }
}
