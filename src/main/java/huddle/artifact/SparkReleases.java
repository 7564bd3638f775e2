package huddle.artifact;

import huddle.spark.SparkVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Releases of Spark in the operator's cache, of one origin.
record SparkReleases(Cache cache, Origin origin) {
  private static final String KIND = "spark";

  /// Where released Spark comes from.
  enum Origin {
    PYPI("pypi", ""),
    APACHE("apache", "-apache");

    private final String word;
    private final String suffix;

    Origin(String word, String suffix) {
      this.word = word;
      this.suffix = suffix;
    }
  }

  Optional<SparkBundle> find(String version) {
    return cache.find(KIND, tar(version)).map(SparkSource::bundle);
  }

  /// The newest stable 4.x.
  Optional<SparkBundle> newest() {
    return SparkVersion.newest(
            cache.all(KIND).stream()
                .filter(stored -> stored.identity().startsWith(origin.word + " "))
                .map(stored -> stored.fact("version"))
                .toList())
        .flatMap(this::find);
  }

  /// The one that is there, or that is made while nobody else does.
  SparkBundle get(String version, Progress progress, Supplier<SparkBundle> make) {
    Optional<SparkBundle> there = find(version);
    if (there.isPresent()) {
      return there.get();
    }
    // Another process may have made it while this one waited.
    return cache.locked(KIND, tar(version), progress, () -> find(version).orElseGet(make));
  }

  /// Fails before anything is fetched if the disk is too small.
  void needs(long bytes) {
    cache.needs(KIND, bytes);
  }

  /// Where a download lies while it is under way.
  Path download(String name, Digest digest) {
    return cache.folder(KIND).resolve(name + "-" + digest.brief() + ".download");
  }

  /// Arranges a download, and removes it.
  ///
  /// @param digest its own
  SparkBundle store(String version, Path download, Digest digest, Progress progress) {
    Cache.Stored stored =
        cache.store(
            KIND,
            tar(version),
            out -> {
              Source source = Archive.open(download, "Spark " + version, progress);
              SparkTar.write(source, layout(), Optional.of(version), out);
              return sha256 ->
                  new Cache.Label(tar(version), identity(digest), Map.of("version", version));
            });
    try {
      Files.deleteIfExists(download);
    } catch (IOException e) {
      throw Reason.unwritable(download, e);
    }
    return SparkSource.bundle(stored);
  }

  /// A new one each time: it remembers what it has seen.
  private Layout layout() {
    return switch (origin) {
      case PYPI -> Layouts.sdist();
      case APACHE -> Layouts.sparkTarball();
    };
  }

  /// What one is known by.
  String identity(Digest digest) {
    return origin.word + " " + digest;
  }

  private String tar(String version) {
    return "spark-" + VersionName.checked(version) + origin.suffix + ".tar";
  }
}
