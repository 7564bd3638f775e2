package huddle.artifact;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Spark out of the `pyspark` source package of the Python index that pip or uv is configured for.
final class IndexSparkSource implements SparkSource {
  private final Supplier<PythonIndex> find;
  private final Cache cache;
  private volatile Optional<PythonIndex> found = Optional.empty();

  /// @param find finds the index; asked only when the network is needed
  IndexSparkSource(Supplier<PythonIndex> find, Cache cache) {
    this.find = find;
    this.cache = cache;
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
    return cache.find("spark", tar(version)).map(SparkSource::bundle);
  }

  @Override
  public Optional<SparkBundle> newestCached() {
    return SparkVersion.newest(
            cache.all("spark").stream()
                .filter(stored -> stored.identity().startsWith("pypi "))
                .map(stored -> stored.fact("version"))
                .toList())
        .flatMap(this::cached);
  }

  @Override
  public String identity(String version) {
    return cached(version)
        .map(SparkBundle::identity)
        .orElseGet(() -> identity(index().sdist(version)));
  }

  private static String identity(PythonIndex.Sdist sdist) {
    return "pypi " + sdist.digest();
  }

  private static String tar(String version) {
    return "spark-" + VersionName.checked(version) + ".tar";
  }

  @Override
  public SparkBundle fetch(String version, Progress progress) {
    Optional<SparkBundle> there = cached(version);
    if (there.isPresent()) {
      return there.get();
    }
    // Another process may have made it while this one waited.
    return cache.locked(
        "spark",
        tar(version),
        progress,
        () -> cached(version).orElseGet(() -> make(version, progress)));
  }

  private SparkBundle make(String version, Progress progress) {
    PythonIndex.Sdist sdist = index().sdist(version);
    cache.needs("spark", 2 * sdist.size().orElse(500L << 20) + (100L << 20));
    Path file = SparkSource.download(cache, "pyspark-" + version, sdist.digest());
    index().fetch(sdist, "Spark " + version, file, progress);
    Cache.Stored stored =
        cache.store(
            "spark",
            tar(version),
            out -> {
              Source source = Archive.open(file, "Spark " + version, progress);
              SparkTar.write(source, Layouts.sdist(), Optional.of(version), out);
              return sha256 ->
                  new Cache.Label(tar(version), identity(sdist), Map.of("version", version));
            });
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Reason.unwritable(file, e);
    }
    return SparkSource.bundle(stored);
  }
}
