package huddle.artifact;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import huddle.python.UvComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Interpreters for hosts that have no suitable Python: uv's managed builds where they can be
/// reached, else CPython as Maven Central has it, through the operator's own Maven; or what the
/// file names. Every method throws [Failure] with the way out.
public final class PythonInterpreters {
  private static final String KIND = "cpython";
  private static final Duration FETCH = Duration.ofMinutes(30);
  private static final Duration ASK = Duration.ofMinutes(5);
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";

  /// `org.bytedeco:cpython`: the newest release of each minor.
  private static final Map<String, String> MAVEN =
      Map.of(
          "3.11", "3.11.3-1.5.9",
          "3.12", "3.12.1-1.5.10",
          "3.13", "3.13.5-1.5.12",
          "3.14", "3.14.3-1.5.13");

  /// What those are linked against.
  private static final int MAVENS_GLIBC = 35;

  private final OperatorEnvironment environment;
  private final Cache cache;
  private final Uv uv;

  PythonInterpreters(OperatorEnvironment environment, Cache cache, Uv uv) {
    this.environment = environment;
    this.cache = cache;
    this.uv = uv;
  }

  /// With the operator's own uv, Maven and network.
  public static PythonInterpreters of(OperatorEnvironment environment) {
    Cache cache = new Cache(environment.cache());
    return new PythonInterpreters(environment, cache, new Uv(environment, UvWheel.here(cache)));
  }

  /// An interpreter of the operator's own, in the cache.
  ///
  /// @param folder that it becomes below a root
  /// @param minor `3.13`
  public record Given(String folder, String minor, PythonBundle bundle) {}

  /// Makes sure that [#fetch] will have one. uv's build is fetched at once where it can be reached;
  /// of Maven's only the description is asked for.
  public void require(String minor, PythonPlatform platform, Progress progress) {
    if (cached(minor, platform).isPresent()) {
      return;
    }
    String why;
    try {
      fromUv(minor, platform, progress);
      return;
    } catch (Failure failure) {
      why = failure.what();
    }
    try {
      asked(minor, platform);
    } catch (Failure failure) {
      throw Failure.of(
          "no Python %s can be brought to hosts on %s: %s; %s"
              .formatted(minor, platform, why, failure.what()),
          "install Python %s there, or name a CPython to bring: python: {source: …}"
              .formatted(minor));
    }
  }

  private void asked(String minor, PythonPlatform platform) {
    Path work = cache.folder(KIND).resolve("asking-" + UUID.randomUUID());
    try {
      copied(coordinates(minor, platform) + ":pom", work, ASK);
    } finally {
      remove(work);
    }
  }

  /// Makes it be in the cache.
  public PythonBundle fetch(String minor, PythonPlatform platform, Progress progress) {
    String name = tar(minor, platform);
    Optional<PythonBundle> cached = cached(minor, platform);
    return cached.isPresent()
        ? cached.get()
        : cache.locked(
            KIND,
            name,
            progress,
            () ->
                cached(minor, platform)
                    .orElseGet(() -> fromMaven(name, minor, platform, progress)));
  }

  private Optional<PythonBundle> cached(String minor, PythonPlatform platform) {
    return cache.find(KIND, tar(minor, platform)).map(PythonBundle::of);
  }

  private static String tar(String minor, PythonPlatform platform) {
    return "cpython-" + minor + "-" + platform.key() + ".tar";
  }

  private void fromUv(String minor, PythonPlatform platform, Progress progress) {
    String build =
        "cpython-%s-linux-%s-%s"
            .formatted(minor, platform.arch(), platform.isMusl() ? "musl" : "gnu");
    Path work = cache.folder(KIND).resolve("installing-" + UUID.randomUUID());
    try {
      Files.createDirectories(work);
      progress.at("Fetching Python " + minor, 0, 0);
      Uv.Ended ended =
          uv.run(
              List.of("python", "install", build, "--install-dir", work.toString(), "--no-bin"),
              Path.of("/"),
              // Where they cannot be reached, Maven is the way; no use in asking long.
              Map.of("UV_HTTP_RETRIES", "0", "UV_PYTHON_DOWNLOADS", "automatic"),
              FETCH,
              progress);
      if (ended.exit() != 0) {
        throw new Failure(
            "",
            "uv cannot fetch one (" + UvComplaint.last(ended.stderr()) + ")",
            "",
            ended.stderr());
      }
      Path tree = only(work);
      String name = tar(minor, platform);
      FolderSource source = new FolderSource(tree);
      InterpreterTar.Found found = InterpreterTar.find(source);
      cache.store(
          KIND,
          name,
          out -> {
            InterpreterTar.write(source, found, platform, out);
            return sha256 -> label(name, "uv " + tree.getFileName(), found.minor());
          });
    } catch (IOException e) {
      throw Reason.unwritable(work, e);
    } finally {
      remove(work);
    }
  }

  private static Cache.Label label(String name, String identity, String minor) {
    return new Cache.Label(name, identity, Map.of("version", minor));
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

  private String coordinates(String minor, PythonPlatform platform) {
    String version = MAVEN.get(minor);
    if (version == null) {
      throw Failure.of("Maven Central has no CPython " + minor, "");
    }
    if (platform.isMusl() || platform.glibc() < MAVENS_GLIBC) {
      throw Failure.of("that of Maven Central needs glibc 2." + MAVENS_GLIBC + " or newer", "");
    }
    return "org.bytedeco:cpython:" + version;
  }

  private static String classifier(PythonPlatform platform) {
    return switch (platform.arch()) {
      case "x86_64" -> "linux-x86_64";
      case "aarch64" -> "linux-arm64";
      // Java's switch over texts wants this branch.
      default -> throw Failure.of("Maven Central has no CPython for " + platform.arch(), "");
    };
  }

  private PythonBundle fromMaven(
      String name, String minor, PythonPlatform platform, Progress progress) {
    Path work = cache.folder(KIND).resolve("copying-" + UUID.randomUUID());
    try {
      progress.at("Fetching Python " + minor + " with Maven", 0, 0);
      String coordinates = coordinates(minor, platform);
      Path jar = copied(coordinates + ":jar:" + classifier(platform), work, FETCH);
      ZipArchive source = new ZipArchive(jar);
      InterpreterTar.Found found = InterpreterTar.find(source);
      return PythonBundle.of(
          cache.store(
              KIND,
              name,
              out -> {
                InterpreterTar.write(source, found, platform, out);
                return sha256 -> label(name, "maven " + coordinates, found.minor());
              }));
    } catch (IOException e) {
      throw Reason.unwritable(work, e);
    } finally {
      remove(work);
    }
  }

  /// Maven verifies checksums by itself, and knows the operator's mirrors and logins.
  private Path copied(String artifact, Path folder, Duration bound) {
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.putIfAbsent("JAVA_HOME", System.getProperty("java.home", ""));
    Commands.Ended ended =
        new LocalCommands(variables)
            .run(
                List.of(
                    "mvn",
                    "-q",
                    "-B",
                    COPY,
                    "-Dartifact=" + artifact,
                    "-DoutputDirectory=" + folder),
                bound)
            .orElseThrow(() -> Failure.of("there is no mvn here, or it does not end", ""));
    if (ended.exit() != 0) {
      String said = ended.stdout() + ended.stderr();
      String why =
          said.lines()
              .filter(line -> line.contains("ERROR"))
              .map(line -> line.replaceAll("\u001b\\[[0-9;]*m|\\[ERROR]", "").strip())
              .filter(line -> !line.isEmpty())
              .findFirst()
              .orElse("exit code " + ended.exit());
      throw new Failure(
          "",
          "Maven cannot fetch " + artifact + ": " + why.substring(0, Math.min(300, why.length())),
          "",
          said);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> Failure.of("Maven copied nothing for " + artifact, ""));
    } catch (IOException e) {
      throw Reason.unwritable(folder, e);
    }
  }

  /// What the file names.
  public Given given(String written, PythonPlatform platform, Progress progress) {
    Path path = environment.expand(written);
    String fingerprint =
        Fingerprint.of(
            path, "Python", "name the archive or folder of a CPython: python: {source: …}");
    String work = "local-" + fingerprint.substring(0, 12);
    Cache.Stored stored =
        cache.locked(
            KIND,
            work,
            progress,
            () ->
                cache.all(KIND).stream()
                    .filter(known -> known.fact("key").equals(fingerprint + platform.arch()))
                    .findFirst()
                    .orElseGet(() -> take(path, work, fingerprint, platform, progress)));
    String minor = stored.fact("version");
    return new Given(
        "cpython-%s-%s".formatted(minor, stored.sha256().substring(0, 8)),
        minor,
        PythonBundle.of(stored));
  }

  private Cache.Stored take(
      Path path, String work, String fingerprint, PythonPlatform platform, Progress progress) {
    boolean folder = Files.isDirectory(path);
    return cache.store(
        KIND,
        work,
        out -> {
          InterpreterTar.Found found = InterpreterTar.find(open(path, folder, progress));
          InterpreterTar.write(open(path, folder, progress), found, platform, out);
          return sha256 ->
              new Cache.Label(
                  "cpython-%s-%s.tar".formatted(found.minor(), sha256.substring(0, 12)),
                  (folder ? "folder" : "archive") + " sha256:" + sha256,
                  Map.of("version", found.minor(), "key", fingerprint + platform.arch()));
        });
  }

  private static Source open(Path path, boolean folder, Progress progress) {
    return folder ? new FolderSource(path) : Archive.open(path, "Python", progress);
  }

  private static void remove(Path folder) {
    try {
      JdkLink.remove(folder);
    } catch (IOException e) {
      // It lies in the cache; the next run makes another.
    }
  }
}
