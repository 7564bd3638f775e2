package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One short command on the operator's machine. Its output goes to files, not pipes: a
/// ControlMaster stays in the background with its standard error open, and a pipe would never end.
///
/// @param environment added to the operator's own
/// @param folder for the files; private to the operator
record ClientCommand(
    String host, List<String> words, Map<String, String> environment, Path folder) {
  private static final int LIMIT = 1 << 20;

  ClientCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /// Runs it with empty standard input.
  Output run(Duration bound) {
    try {
      Path stdout = Files.createTempFile(folder, "out", null);
      Path stderr = Files.createTempFile(folder, "err", null);
      try {
        return run(bound, stdout, stderr);
      } finally {
        Files.deleteIfExists(stdout);
        Files.deleteIfExists(stderr);
      }
    } catch (IOException e) {
      throw Failure.on(host, "writing to " + folder + " failed: " + e.getMessage(), "");
    }
  }

  private Output run(Duration bound, Path stdout, Path stderr) throws IOException {
    Process process = start(stdout, stderr);
    try {
      process.getOutputStream().close();
      if (process.waitFor(bound)) {
        return new Output(process.exitValue(), head(stdout), head(stderr));
      }
      process.destroyForcibly();
      throw new Failure(
          host,
          "%s did not end within %d s".formatted(words.getFirst(), bound.toSeconds()),
          "try it by hand: ssh -v " + host,
          head(stderr));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw Failure.on(host, "connecting was interrupted", "");
    }
  }

  private Process start(Path stdout, Path stderr) {
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw SshFailure.notStarted(host, e);
    }
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
    }
  }
}
