package huddle.artifact;

import huddle.event.Failure;
import huddle.python.Pins;
import huddle.python.PySparkNeeds;
import huddle.python.PythonEnvironment;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import huddle.python.UvComplaint;
import huddle.spark.SparkVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Resolves and builds Python environments with uv, for any host's platform, from wheels only.
/// Every method throws [Failure] with the way out.
public final class PythonPackages {
  /// The pins, kept in the environment's folder on a host.
  public static final String PINS = ".huddle-pins";

  private static final String KIND = "python";
  private static final Path ROOT = Path.of("/");
  private static final Duration RESOLVE = Duration.ofMinutes(10);
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
    Path work = cache.folder(KIND).resolve("resolving-" + UUID.randomUUID());
    try {
      Files.createDirectories(work);
      List<String> packages = new ArrayList<>(request.packages());
      packages.addAll(request.kind().extra());
      write(work.resolve("packages.in"), packages);
      write(work.resolve("constraints.txt"), request.constraints());
      for (String own : List.of("pyspark", "pyspark-client", "pyspark-connect")) {
        stub(work, own, request.spark());
      }
      List<String> words = new ArrayList<>(List.of("pip", "compile"));
      if (!packages.isEmpty()) {
        words.add(work.resolve("packages.in").toString());
      }
      Path folder = ROOT;
      if (request.file().isPresent()) {
        PythonRequest.RequirementsFile file = request.file().get();
        folder = folder(file);
        words.add(
            file.form() == PythonRequest.Form.LOCK
                ? exported(file, work, progress).toString()
                : file.path());
      }
      words.addAll(
          List.of(
              "--constraint",
              work.resolve("constraints.txt").toString(),
              "--python-platform",
              name,
              "--python-version",
              request.minor(),
              "--only-binary",
              ":all:",
              "--no-header",
              "--no-annotate"));
      PythonRequest.SPARKS_OWN.forEach(own -> words.addAll(List.of("--no-emit-package", own)));
      progress.at("Resolving Python packages", 0, 0);
      Uv.Ended ended =
          uv.run(words, folder, Map.of("UV_FIND_LINKS", work.toString()), RESOLVE, progress);
      if (ended.exit() != 0) {
        throw UvComplaint.failure(request, platform, ended.stderr(), uv.index());
      }
      return Pins.parse(ended.stdout());
    } catch (IOException e) {
      throw Reason.unwritable(work, e);
    } finally {
      remove(work);
    }
  }

  private static Path folder(PythonRequest.RequirementsFile file) {
    Path folder = Path.of(file.path()).getParent();
    return folder == null ? ROOT : folder;
  }

  private static String uvName(PythonPlatform platform) {
    return platform
        .uvName()
        .orElseThrow(() ->
            Failure.of(
                "there are no Python wheels for " + platform,
                "write `python: {packages: []}` to do without packages"));
  }

  /// What a uv.lock holds, as requirements.
  private Path exported(PythonRequest.RequirementsFile file, Path work, Progress progress) {
    Path folder = folder(file);
    Path out = work.resolve("uv.lock.txt");
    Uv.Ended ended =
        uv.run(
            List.of(
                "export",
                "--frozen",
                "--no-emit-project",
                "--no-default-groups",
                "--no-hashes",
                "--no-header",
                "--no-annotate",
                "--project",
                folder.toString(),
                "--output-file",
                out.toString()),
            folder,
            Map.of(),
            RESOLVE,
            progress);
    if (ended.exit() != 0) {
      throw new Failure(
          "",
          "uv cannot read " + file.path() + ": " + UvComplaint.last(ended.stderr()),
          "run `uv lock` in " + folder,
          ended.stderr());
    }
    return out;
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static void stub(Path folder, String name, SparkVersion version) throws IOException {
    String plain = name.replace('-', '_');
    String info = "%s-%s.dist-info/".formatted(plain, version);
    Path wheel = folder.resolve("%s-%s-py3-none-any.whl".formatted(plain, version));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      put(zip, info + "METADATA", PySparkNeeds.metadata(name, version));
      put(
          zip,
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: huddle\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      put(zip, info + "RECORD", "");
    }
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
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
    remove(work);
    try {
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
    } finally {
      remove(work);
    }
  }

  private static void write(PythonEnvironment environment, Pins pins, Path target, OutputStream out)
      throws IOException {
    PythonTar.write(new FolderSource(target), environment.minor(), Map.of(PINS, pins.text()), out);
  }

  private static void remove(Path folder) {
    try {
      JdkLink.remove(folder);
    } catch (IOException e) {
      // It lies in the cache; the next run makes another.
    }
  }
}
