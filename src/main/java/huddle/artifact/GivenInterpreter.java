package huddle.artifact;

import huddle.python.PythonPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A CPython of the operator's own: an archive or a folder that the file names.
record GivenInterpreter(Path path, PythonPlatform platform) {
  /// Makes it be in the cache; made anew only when it changed.
  Cache.Stored take(Cache cache, Progress progress) {
    String fingerprint =
        Fingerprint.of(
            path, "Python", "name the archive or folder of a CPython: python: {source: …}");
    String key = fingerprint + platform.arch();
    return cache.local(
        InterpreterCache.KIND, key, progress, work -> store(cache, work, key, progress));
  }

  private Cache.Stored store(Cache cache, String work, String key, Progress progress) {
    boolean folder = Files.isDirectory(path);
    return cache.store(
        InterpreterCache.KIND,
        work,
        out -> {
          InterpreterTar.Found found = InterpreterTar.find(open(folder, progress));
          InterpreterTar.write(open(folder, progress), found, platform, out);
          return sha256 ->
              new Cache.Label(
                  "cpython-%s-%s.tar".formatted(found.minor(), sha256.substring(0, 12)),
                  (folder ? "folder" : "archive") + " sha256:" + sha256,
                  Map.of("version", found.minor(), "key", key));
        });
  }

  private Source open(boolean folder, Progress progress) {
    return folder ? new FolderSource(path) : Archive.open(path, "Python", progress);
  }
}
