package huddle.artifact;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Spark out of the `pyspark` source package of the Python index that pip or uv is configured for.
final class IndexSparkSource implements SparkSource {
  private final Supplier<PythonIndex> find;
  private final SparkReleases releases;
  private volatile Optional<PythonIndex> found = Optional.empty();

  /// @param find finds the index; asked only when the network is needed
  IndexSparkSource(Supplier<PythonIndex> find, Cache cache) {
    this.find = find;
    this.releases = new SparkReleases(cache, SparkReleases.Origin.PYPI);
  }

  private synchronized PythonIndex index() {
    PythonIndex index = found.orElseGet(find);
    found = Optional.of(index);
    return index;
  }

  @Override
  public String newest() {
    return SparkVersion.newest(index().versions())
        .orElseThrow(() ->
            Failure.of(
                index().name() + " has no stable 4.x of pyspark with a source package",
                "name a version or another source: spark: {version: …, source: apache}"));
  }

  @Override
  public Optional<SparkBundle> cached(String version) {
    return releases.find(version);
  }

  @Override
  public Optional<SparkBundle> newestCached() {
    return releases.newest();
  }

  @Override
  public String identity(String version) {
    return cached(version)
        .map(SparkBundle::identity)
        .orElseGet(() -> releases.identity(index().sdist(version).digest()));
  }

  @Override
  public Optional<Failure> lack(String version) {
    PythonIndex asked;
    try {
      asked = index();
      var _ = asked.versions();
    } catch (Failure unreachable) {
      // Whoever needs it from there hears of it then.
      return Optional.empty();
    }
    try {
      var _ = asked.sdist(version);
      return Optional.empty();
    } catch (Failure lack) {
      return Optional.of(lack);
    }
  }

  @Override
  public SparkBundle fetch(String version, Progress progress) {
    return releases.get(version, progress, () -> make(version, progress));
  }

  private SparkBundle make(String version, Progress progress) {
    PythonIndex.Sdist sdist = index().sdist(version);
    releases.needs(2 * sdist.size().orElse(500L << 20) + (100L << 20));
    Path file = releases.download("pyspark-" + version, sdist.digest());
    index().fetch(sdist, "Spark " + version, file, progress);
    return releases.store(version, file, sdist.digest(), progress);
  }
}
