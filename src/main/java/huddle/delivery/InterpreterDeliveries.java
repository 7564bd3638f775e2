package huddle.delivery;

import huddle.artifact.Progress;
import huddle.artifact.PythonBundle;
import huddle.artifact.PythonInterpreters;
import huddle.change.InstallInterpreter;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.plan.PythonNeed;
import huddle.plan.PythonOffers;
import huddle.python.PythonPlatform;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Interpreters of Python: the one that the file names for every host, else one for each platform
/// that has a host without a suitable Python.
final class InterpreterDeliveries {
  private final ClusterSpec spec;
  private final SparkVersion spark;
  private final PythonInterpreters interpreters;
  private final FetchEvents events;

  InterpreterDeliveries(
      ClusterSpec spec, SparkVersion spark, PythonInterpreters interpreters, FetchEvents events) {
    this.spec = spec;
    this.spark = spark;
    this.interpreters = interpreters;
    this.events = events;
  }

  /// Offers of interpreters, without environments.
  ///
  /// @param hosts of the file that answered
  PythonOffers offers(Map<String, HostFacts> hosts, PythonNeed need) {
    boolean everywhere = spec.python().source().isPresent();
    Map<String, PythonOffers.Interpreter> offers = new HashMap<>();
    Set<String> asked = new HashSet<>();
    if (!everywhere && spec.python().path().isPresent()) {
      return PythonOffers.NONE;
    }
    for (HostFacts host : (everywhere ? hosts : need.lacking()).values()) {
      PythonPlatform platform = PythonPlatforms.of(host);
      if (!need.suits(spark) || !asked.add(platform.key())) {
        continue;
      }
      try {
        offers.put(platform.key(), everywhere ? given(platform) : suitable(need, platform));
      } catch (Failure failure) {
        if (everywhere) {
          throw failure;
        }
        // The plan refuses the hosts in need by name; why nothing can be brought is said once.
        events.warn(failure);
      }
    }
    return new PythonOffers(Map.of(), offers, everywhere && !offers.isEmpty());
  }

  private PythonOffers.Interpreter given(PythonPlatform platform) {
    PythonInterpreters.Given given =
        interpreters.given(spec.python().source().orElseThrow(), platform, Progress.SILENT);
    return new PythonOffers.Interpreter(given.folder(), given.minor());
  }

  private PythonOffers.Interpreter suitable(PythonNeed need, PythonPlatform platform) {
    String folder = "cpython-" + need.minor();
    boolean there =
        need.lacking().values().stream()
            .filter(other -> PythonPlatforms.of(other).key().equals(platform.key()))
            .allMatch(other -> other.installed().pythons().interpreters().containsKey(folder));
    if (!there) {
      PythonPlatform lowest =
          PythonPlatforms.lowest(need.lacking().values()).getOrDefault(platform.key(), platform);
      interpreters.require(need.minor(), lowest, Progress.SILENT);
    }
    return new PythonOffers.Interpreter(folder, need.minor());
  }

  /// @param platform that all hosts of the plan's kind share
  PythonBundle fetch(InstallInterpreter install, PythonPlatform platform) {
    return events.timed(
        "preparing the interpreter of " + install.summary(),
        () ->
            spec.python().source().isPresent()
                ? interpreters
                    .given(spec.python().source().get(), platform, events.progress())
                    .bundle()
                : interpreters.fetch(install.version(), platform, events.progress()));
  }
}
