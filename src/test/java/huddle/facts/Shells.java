package huddle.facts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// This machine as a host, with a shell and an environment of the test's choice.
record Shells(List<String> shell, Map<String, String> environment) implements Connection {
  static final String NAMES = "sh, dash, busybox sh";

  /// The named shell; skips the test where this machine lacks it.
  static Shells of(String name, Map<String, String> environment) {
    List<String> words = List.of(name.split(" ", -1));
    boolean present =
        List.of("/bin", "/usr/bin").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, words.getFirst())));
    assumeTrue(present, () -> "no " + words.getFirst() + " on this machine");
    return new Shells(words, environment);
  }

  @Override
  public String host() {
    return "here";
  }

  @Override
  public Output run(Script script, Bytes input, Duration bound) {
    List<String> command = new java.util.ArrayList<>(shell);
    command.add("-s");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture<String> stderr =
          CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(script.render().getBytes(StandardCharsets.UTF_8));
      }
      String stdout = read(process.getInputStream());
      if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the script did not end");
      }
      return new Output(process.exitValue(), stdout, stderr.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(java.io.InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Session start(Script script) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Channel dialSocket(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Channel dial(String address, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
