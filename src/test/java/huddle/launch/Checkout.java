package huddle.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A checkout of the launcher with hardly any sources, a home, a JDK and a Maven that only pretend:
/// the JDK's `java` prints what it was given and exits with 7, Maven writes a jar and a line into
/// `mvn.runs`.
final class Checkout {
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in *AOTCacheOutput*) exit 1 ;; esac
      printf '%s\\n' "$@"
      env | grep '^HUDDLE_' | sort
      exit 7
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME $*" >>"$HOME/mvn.runs"
      for argument in "$@"; do
        case $argument in -Dhuddle.target=*) target=${argument#*=} ;; esac
      done
      [ ! -e "$HOME/mvn.script" ] || . "$HOME/mvn.script"
      echo jar >"$target/huddle.jar"
      """;

  private final Path folder;
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

  /// What a program ended with.
  record Ended(int exit, String out, String err) {}

  /// Makes one at a path, of which the last part may be anything.
  static Checkout at(Path folder) {
    try {
      return new Checkout(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Checkout(Path folder) throws IOException {
    this.folder = folder;
    home = folder.resolveSibling("home");
    Files.createDirectories(folder.resolve("launch"));
    Files.createDirectories(folder.resolve("src/main"));
    Files.createDirectories(home);
    Files.copy(Path.of("huddle"), folder.resolve("huddle"));
    executable(folder.resolve("huddle"));
    try (Stream<Path> parts = Files.list(Path.of("launch"))) {
      for (Path part : parts.toList()) {
        Files.copy(part, folder.resolve("launch").resolve(part.getFileName().toString()));
      }
    }
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Path commands = Files.createDirectories(home.resolve("commands"));
    Files.writeString(commands.resolve("mvn"), MAVEN);
    Files.writeString(commands.resolve("pip3"), "#!/bin/sh\n");
    executable(commands.resolve("mvn"));
    executable(commands.resolve("pip3"));
    environment.put("PATH", commands + ":/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", home.toString());
    environment.put("HUDDLE_JAVA_HOME", jdk(home.resolve("jdk"), "25.0.9").toString());
  }

  /// A pretended JDK.
  static Path jdk(Path at, String version) throws IOException {
    Files.createDirectories(at.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      executable(Files.writeString(at.resolve("bin").resolve(program), JAVA));
    }
    Files.writeString(
        at.resolve("release"),
        "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"L\"\n");
    return at;
  }

  static Path executable(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path folder() {
    return folder;
  }

  Path home() {
    return home;
  }

  Path cache() {
    return home.resolve(".cache/huddle");
  }

  /// Sets a variable for what is started later; null takes it away.
  Checkout with(String variable, @org.jspecify.annotations.Nullable String value) {
    if (value == null) {
      environment.remove(variable);
    } else {
      environment.put(variable, value);
    }
    return this;
  }

  /// What the pretended Maven does before it writes the jar.
  Checkout mavenDoes(String script) throws IOException {
    Files.writeString(home.resolve("mvn.script"), script);
    return this;
  }

  /// One line for each run of Maven.
  List<String> mavenRuns() throws IOException {
    Path runs = home.resolve("mvn.runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  /// Runs `./huddle` to its end.
  Ended huddle(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(folder.resolve("huddle").toString()));
    words.addAll(List.of(arguments));
    return run(words);
  }

  /// Runs a program text with the launcher's parts read in, up to finding a JDK.
  Ended shell(String text) throws Exception {
    return run(
        List.of(
            "sh",
            "-euc",
            ". \"$HUDDLE_HOME/launch/say.sh\"\n. \"$HUDDLE_HOME/launch/java.sh\"\n" + text));
  }

  Ended run(List<String> words) throws Exception {
    Process process = start(words);
    return end(process);
  }

  Process start(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    builder.environment().clear();
    builder.environment().put("HUDDLE_HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  static Ended end(Process process) throws Exception {
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
    String out = all(process.getInputStream());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + out);
    }
    return new Ended(process.exitValue(), out, err.get());
  }

  private static String all(java.io.InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
