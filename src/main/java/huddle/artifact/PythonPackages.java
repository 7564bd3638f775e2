package huddle.artifact;

import huddle.event.Failure;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import huddle.python.UvComplaint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Resolves and builds Python environments with uv, for any host's platform, from wheels only.
/// Every method throws [Failure] with the way out.
public final class PythonPackages {
  /// The pins, kept in the environment's folder on a host.
  public static final String PINS = ".huddle-pins";

  private static final String KIND = "python";
  static final Path ROOT = Path.of("/");
  private static final Duration INSTALL = Duration.ofMinutes(60);

  private final Cache cache;
  private final Uv uv;

  PythonPackages(Cache cache, Uv uv) {
    this.cache = cache;
    this.uv = uv;
  }

  /// With the operator's own uv, pip and index.
  public static PythonPackages of(OperatorEnvironment environment) {
    Cache cache = new Cache(environment.cache());
    return new PythonPackages(cache, new Uv(environment, UvWheel.here(cache)));
  }

  /// The one version of every package that a request comes to on a platform. Asks the index.
  public Pins resolve(PythonRequest request, PythonPlatform platform, Progress progress) {
    String name = uvName(platform);
    try (WorkFolder work = WorkFolder.fresh(cache.folder(KIND), "resolving")) {
      try {
        return new PythonResolver(uv, platform, name, work.path()).resolve(request, progress);
      } catch (IOException e) {
        throw Reason.unwritable(work.path(), e);
      }
    }
  }

  private static String uvName(PythonPlatform platform) {
    return platform
        .uvName()
        .orElseThrow(() ->
            Failure.of(
                "there are no Python wheels for " + platform,
                "write `python: {packages: []}` to do without packages"));
  }

  /// An environment's tar, if it is in the cache.
  public Optional<PythonBundle> cached(PythonEnvironment environment, PythonPlatform platform) {
    return cache.find(KIND, tar(environment, platform)).map(PythonBundle::of);
  }

  private static String tar(PythonEnvironment environment, PythonPlatform platform) {
    return "%s-%s.tar".formatted(environment.folder(), uvName(platform));
  }

  /// Makes an environment's tar be in the cache. Returns at once if it is there.
  ///
  /// @param pins of this platform
  public PythonBundle fetch(
      PythonEnvironment environment, Pins pins, PythonPlatform platform, Progress progress) {
    String name = tar(environment, platform);
    return cache
        .find(KIND, name)
        .map(PythonBundle::of)
        .orElseGet(() ->
            cache.locked(
                KIND,
                name,
                progress,
                () ->
                    PythonBundle.of(
                        cache
                            .find(KIND, name)
                            .orElseGet(() -> build(name, environment, pins, platform, progress)))));
  }

  private Cache.Stored build(
      String name,
      PythonEnvironment environment,
      Pins pins,
      PythonPlatform platform,
      Progress progress) {
    cache.needs(KIND, 2L << 30);
    Path work = cache.folder(KIND).resolve(name + ".building");
    try (WorkFolder _ = WorkFolder.emptied(work)) {
      Path target = work.resolve("target");
      Files.createDirectories(target);
      Files.writeString(work.resolve("pins.txt"), pins.text());
      progress.at("Fetching " + environment.summary(), 0, 0);
      Uv.Ended ended =
          uv.run(
              List.of(
                  "pip",
                  "install",
                  "--target",
                  target.toString(),
                  "--no-deps",
                  "--only-binary",
                  ":all:",
                  "--python-platform",
                  uvName(platform),
                  "--python-version",
                  environment.minor(),
                  "--requirements",
                  work.resolve("pins.txt").toString()),
              ROOT,
              Map.of(),
              INSTALL,
              progress);
      if (ended.exit() != 0) {
        throw UvComplaint.failure(environment, platform, ended.stderr(), uv.index());
      }
      progress.at("Arranging " + environment.summary(), 0, 0);
      return cache.store(
          KIND,
          name,
          out -> {
            write(environment, pins, target, out);
            return sha256 ->
                new Cache.Label(
                    name, "uv sha256:" + sha256, Map.of("version", environment.minor()));
          });
    } catch (IOException e) {
      throw Reason.unwritable(work, e);
    }
  }

  private static void write(PythonEnvironment environment, Pins pins, Path target, OutputStream out)
      throws IOException {
    PythonTar.write(new FolderSource(target), environment.minor(), Map.of(PINS, pins.text()), out);
  }
}
