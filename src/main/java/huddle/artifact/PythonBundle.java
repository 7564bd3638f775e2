package huddle.artifact;

import java.nio.file.Path;

/// An environment's packages, or an interpreter, in the cache.
///
/// @param tar plain
/// @param version of an interpreter, `3.11.3`; of packages: the minor they are for
/// @param identity where its content comes from
public record PythonBundle(Path tar, String version, String identity, long bytes) {
  static PythonBundle of(Cache.Stored stored) {
    return new PythonBundle(
        stored.tar(), stored.fact("version"), stored.identity(), stored.bytes());
  }
}
