package huddle.artifact;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import huddle.python.UvComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// uv's managed builds of CPython.
record UvInterpreters(Uv uv, InterpreterCache cache) {
  private static final Duration FETCH = Duration.ofMinutes(30);

  /// Makes one be in the cache.
  ///
  /// @throws Failure if uv cannot fetch it
  void fetch(String minor, PythonPlatform platform, Progress progress) {
    String build =
        "cpython-%s-linux-%s-%s"
            .formatted(minor, platform.arch(), platform.isMusl() ? "musl" : "gnu");
    try (WorkFolder folder = cache.work("installing")) {
      Path work = folder.path();
      try {
        Files.createDirectories(work);
        progress.at("Fetching Python " + minor, 0, 0);
        install(build, work, progress);
        Path tree = only(work);
        PythonBundle _ =
            cache.store(new FolderSource(tree), minor, platform, "uv " + tree.getFileName());
      } catch (IOException e) {
        throw Reason.unwritable(work, e);
      }
    }
  }

  private void install(String build, Path folder, Progress progress) {
    Uv.Ended ended =
        uv.run(
            List.of("python", "install", build, "--install-dir", folder.toString(), "--no-bin"),
            Path.of("/"),
            // Where they cannot be reached, Maven is the way; no use in asking long.
            Map.of("UV_HTTP_RETRIES", "0", "UV_PYTHON_DOWNLOADS", "automatic"),
            FETCH,
            progress);
    if (ended.exit() != 0) {
      throw new Failure(
          "", "uv cannot fetch one (" + UvComplaint.last(ended.stderr()) + ")", "", ended.stderr());
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("cpython-"))
          .filter(file -> Files.isDirectory(file) && !Files.isSymbolicLink(file))
          .findFirst()
          .orElseThrow(() -> Failure.of("uv installed no CPython", ""));
    }
  }
}
