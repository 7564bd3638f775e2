package huddle.artifact;

import huddle.event.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Spark as the operator has it: a tarball or a folder that is a SPARK_HOME.
final class LocalSparkSource implements SparkSource {
  private final Path path;
  private final Cache cache;

  LocalSparkSource(Path path, Cache cache) {
    this.path = path;
    this.cache = cache;
  }

  @Override
  public String newest() {
    return any(Progress.SILENT).version();
  }

  @Override
  public Optional<SparkBundle> cached(String version) {
    return Files.exists(path)
        ? known(fingerprint()).filter(bundle -> bundle.version().equals(version))
        : Optional.empty();
  }

  @Override
  public Optional<SparkBundle> newestCached() {
    return Files.exists(path) ? known(fingerprint()) : Optional.empty();
  }

  @Override
  public String identity(String version) {
    return fetch(version, Progress.SILENT).identity();
  }

  @Override
  public SparkBundle fetch(String version, Progress progress) {
    SparkBundle bundle = any(progress);
    if (!bundle.version().equals(version)) {
      throw Failure.of(
          "%s is Spark %s, not %s".formatted(path, bundle.version(), version),
          "write spark: {version: " + bundle.version() + "} or name another source");
    }
    return bundle;
  }

  private SparkBundle any(Progress progress) {
    String fingerprint = fingerprint();
    Optional<SparkBundle> known = known(fingerprint);
    if (known.isPresent()) {
      return known.get();
    }
    String work = "local-" + fingerprint.substring(0, 12);
    return cache.locked(
        "spark",
        work,
        progress,
        () -> known(fingerprint).orElseGet(() -> make(work, fingerprint, progress)));
  }

  private Optional<SparkBundle> known(String fingerprint) {
    return cache.all("spark").stream()
        .filter(stored -> stored.fact("fingerprint").equals(fingerprint))
        .findFirst()
        .map(SparkSource::bundle);
  }

  private SparkBundle make(String work, String fingerprint, Progress progress) {
    boolean folder = Files.isDirectory(path);
    Source source = folder ? new FolderSource(path) : Archive.open(path, "Spark", progress);
    return SparkSource.bundle(
        cache.store(
            "spark",
            work,
            out -> {
              String version = SparkTar.write(source, layout(folder), Optional.empty(), out);
              return label(folder ? "folder" : "tarball", version, fingerprint);
            }));
  }

  private Layout layout(boolean folder) {
    if (folder) {
      return Layouts.sparkHome();
    }
    // The source package of pyspark, fetched by hand.
    boolean sdist = path.getFileName().toString().startsWith("pyspark-");
    return sdist ? Layouts.sdist() : Layouts.sparkTarball();
  }

  // The tar depends on names and contents only, so that its digest is that of the content.
  private static Function<String, Cache.Label> label(
      String what, String version, String fingerprint) {
    return sha256 ->
        new Cache.Label(
            "spark-" + version + "-" + sha256.substring(0, 12) + ".tar",
            what + " sha256:" + sha256,
            Map.of("version", version, "fingerprint", fingerprint));
  }

  private String fingerprint() {
    return Fingerprint.of(
        path,
        "Spark",
        "write pypi, apache, or the path of a tarball or folder: spark: {source: …}");
  }
}
