package huddle.artifact;

import huddle.python.PythonPlatform;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Interpreters of Python in the operator's cache: one of each minor and platform.
record InterpreterCache(Cache cache) {
  static final String KIND = "cpython";

  Optional<PythonBundle> find(String minor, PythonPlatform platform) {
    return cache.find(KIND, tar(minor, platform)).map(PythonBundle::of);
  }

  private static String tar(String minor, PythonPlatform platform) {
    return "cpython-" + minor + "-" + platform.key() + ".tar";
  }

  /// The one that is there, or that is made while nobody else does.
  PythonBundle get(
      String minor, PythonPlatform platform, Progress progress, Supplier<PythonBundle> make) {
    return find(minor, platform)
        .orElseGet(() ->
            cache.locked(
                KIND, tar(minor, platform), progress, () -> find(minor, platform).orElseGet(make)));
  }

  /// Arranges one.
  ///
  /// @param identity where it comes from
  PythonBundle store(Source source, String minor, PythonPlatform platform, String identity)
      throws IOException {
    String name = tar(minor, platform);
    InterpreterTar.Found found = InterpreterTar.find(source);
    return PythonBundle.of(
        cache.store(
            KIND,
            name,
            out -> {
              InterpreterTar.write(source, found, platform, out);
              return sha256 -> new Cache.Label(name, identity, Map.of("version", found.minor()));
            }));
  }

  /// A folder for what is not in the cache yet.
  WorkFolder work(String what) {
    return WorkFolder.fresh(cache.folder(KIND), what);
  }
}
