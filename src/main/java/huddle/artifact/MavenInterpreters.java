package huddle.artifact;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// CPython as Maven Central has it, through the operator's own Maven.
record MavenInterpreters(OperatorEnvironment environment, InterpreterCache cache) {
  private static final Duration FETCH = Duration.ofMinutes(30);
  private static final Duration ASK = Duration.ofMinutes(5);
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";

  /// `org.bytedeco:cpython`: the newest release of each minor.
  private static final Map<String, String> RELEASES =
      Map.of(
          "3.11", "3.11.3-1.5.9",
          "3.12", "3.12.1-1.5.10",
          "3.13", "3.13.5-1.5.12",
          "3.14", "3.14.3-1.5.13");

  /// What those are linked against.
  private static final int GLIBC = 35;

  /// Asks for the description only.
  ///
  /// @throws Failure if there is none, or it cannot be reached
  void ask(String minor, PythonPlatform platform) {
    try (WorkFolder work = cache.work("asking")) {
      Path _ = copied(coordinates(minor, platform) + ":pom", work.path(), ASK);
    }
  }

  /// Makes it be in the cache.
  PythonBundle fetch(String minor, PythonPlatform platform, Progress progress) {
    try (WorkFolder work = cache.work("copying")) {
      progress.at("Fetching Python " + minor + " with Maven", 0, 0);
      String coordinates = coordinates(minor, platform);
      Path jar = copied(coordinates + ":jar:" + classifier(platform), work.path(), FETCH);
      try {
        return cache.store(new ZipArchive(jar), minor, platform, "maven " + coordinates);
      } catch (IOException e) {
        throw Reason.unwritable(work.path(), e);
      }
    }
  }

  private static String coordinates(String minor, PythonPlatform platform) {
    String version = RELEASES.get(minor);
    if (version == null) {
      throw Failure.of("Maven Central has no CPython " + minor, "");
    }
    if (platform.isMusl() || platform.glibc() < GLIBC) {
      throw Failure.of("that of Maven Central needs glibc 2." + GLIBC + " or newer", "");
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
      throw failure(artifact, ended);
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

  private static Failure failure(String artifact, Commands.Ended ended) {
    String said = ended.stdout() + ended.stderr();
    String why =
        said.lines()
            .filter(line -> line.contains("ERROR"))
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m|\\[ERROR]", "").strip())
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElse("exit code " + ended.exit());
    return new Failure(
        "",
        "Maven cannot fetch " + artifact + ": " + why.substring(0, Math.min(300, why.length())),
        "",
        said);
  }
}
