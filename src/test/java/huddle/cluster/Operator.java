package huddle.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A person at a machine with Huddle: real processes of the real program, with a home folder of
/// their own.
public final class Operator {
  /// Generous: two cores start up to five JVMs.
  private static final Duration BOUND = Duration.ofMinutes(15);

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> prefix = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path", "");

  private Operator(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", cache().toString());
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("LANG", "C.UTF-8");
    for (String name :
        List.of(
            "PIP_CERT",
            "PIP_INDEX_URL",
            "PIP_EXTRA_INDEX_URL",
            "PIP_FIND_LINKS",
            "UV_INDEX_URL",
            "UV_DEFAULT_INDEX",
            "UV_INDEX",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "HTTPS_PROXY",
            "NO_PROXY",
            "MAVEN_OPTS",
            "MAVEN_ARGS")) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
  }

  /// One whose home is this folder; Spark is fetched once for all tests.
  public static Operator at(Path home) {
    return new Operator(home);
  }

  /// Where all tests keep what they fetch.
  public static Path cache() {
    return Path.of(System.getProperty("huddle.test.cache", "target/test-cache")).toAbsolutePath();
  }

  /// With one more variable.
  public Operator with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// With another class path, where the tests' own cannot be read by the user.
  public Operator withClassPath(String other) {
    classPath = other;
    return this;
  }

  /// Run through another program, such as one that changes the user.
  public Operator through(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  public Path home() {
    return home;
  }

  /// How a command ended.
  public record Ended(int exit, String out, String err) {
    @Override
    public String toString() {
      return "exit %d%n--- stdout%n%s%n--- stderr%n%s".formatted(exit, out, err);
    }
  }

  /// A command under way.
  public static final class Running {
    private final Process process;
    private final Collector out;
    private final Collector err;

    private Running(Process process) {
      this.process = process;
      this.out = new Collector(process.getInputStream());
      this.err = new Collector(process.getErrorStream());
    }

    public Process process() {
      return process;
    }

    /// Waits until standard output or error holds this text.
    public void awaitText(String text) throws InterruptedException {
      long deadline = System.nanoTime() + BOUND.toNanos();
      while (!(out.text() + err.text()).contains(text)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError(
              "never said \"%s\":%n%s%n%s".formatted(text, out.text(), err.text()));
        }
        Thread.sleep(20);
      }
    }

    /// As Ctrl-C sends it.
    public void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    public Ended end() throws InterruptedException {
      if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end:\n" + out.text() + err.text());
      }
      out.thread.join();
      err.thread.join();
      return new Ended(process.exitValue(), out.text(), err.text());
    }
  }

  /// Runs a command to its end.
  public Ended huddle(String... arguments) throws InterruptedException {
    return start(arguments).end();
  }

  /// Starts a command.
  public Running start(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            classPath,
            "huddle.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file into the home folder.
  public Path write(String name, String text) {
    try {
      return Files.writeString(home.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Collector {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;

    Collector(InputStream in) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                byte[] buffer = new byte[8192];
                try {
                  for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (bytes) {
                      bytes.write(buffer, 0, n);
                    }
                  }
                } catch (IOException e) {
                  // The process was ended.
                }
              });
    }

    String text() {
      synchronized (bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
    }
  }
}
