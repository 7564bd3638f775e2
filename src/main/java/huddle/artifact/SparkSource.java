package huddle.artifact;

import huddle.event.Failure;
import huddle.spec.SparkSpec;
import java.time.Duration;
import java.util.Optional;

/// Where Spark comes from. Every method throws [Failure] with the way out.
public sealed interface SparkSource permits IndexSparkSource, ApacheSparkSource, LocalSparkSource {

  /// The newest stable 4.x there is, or the version of the operator's own tarball or folder. Asks
  /// the network, but for the latter.
  String newest();

  /// What is in the cache already; never asks the network.
  Optional<SparkBundle> cached(String version);

  /// The newest stable 4.x in the cache, for work without network.
  Optional<SparkBundle> newestCached();

  /// What [#fetch] would give, for a plan. Asks the network for a few kilobytes if it is not
  /// cached.
  String identity(String version);

  /// Why there is no such release, for a plan; empty where there is, or where that cannot be told
  /// without fetching it.
  default Optional<Failure> lack(String version) {
    return Optional.empty();
  }

  /// Makes it be in the cache: fetched, verified, arranged. Returns at once if it is there.
  SparkBundle fetch(String version, Progress progress);

  /// The source that the file names, on the real network and with the operator's own pip.
  static SparkSource of(SparkSpec spec, OperatorEnvironment environment) {
    Cache cache = new Cache(environment.cache());
    return switch (spec.source()) {
      case "pypi" ->
          new IndexSparkSource(
              () -> PythonIndex.find(environment, new LocalCommands(environment.variables())),
              cache);
      case "apache" ->
          new ApacheSparkSource(
              ApacheSparkSource.mirrors(environment),
              ApacheSparkSource.keys(environment),
              Http.of(environment),
              cache);
      default -> new LocalSparkSource(environment.expand(spec.source()), cache);
    };
  }

  /// How long to wait before a second try.
  Duration PAUSE = Duration.ofSeconds(2);

  /// The bundle that a stored tar is.
  static SparkBundle bundle(Cache.Stored stored) {
    return new SparkBundle(stored.fact("version"), stored.identity(), stored.tar(), stored.bytes());
  }
}
