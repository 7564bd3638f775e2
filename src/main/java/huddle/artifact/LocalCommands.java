package huddle.artifact;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Real programs, found on the PATH.
public final class LocalCommands implements Commands {
  private static final int LIMIT = 1 << 18;

  private final Map<String, String> variables;
  private final Path folder;

  /// @param variables the programs' whole environment
  public LocalCommands(Map<String, String> variables) {
    // The root folder: Python would import modules that lie in the working folder.
    this(variables, Path.of("/"));
  }

  /// @param folder that they run in
  LocalCommands(Map<String, String> variables, Path folder) {
    this.variables = Map.copyOf(variables);
    this.folder = folder;
  }

  @Override
  public Optional<Ended> run(List<String> words, Duration bound) {
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stdout = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), threads);
      var stderr = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), threads);
      try {
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
        return Optional.of(
            new Ended(
                process.exitValue(),
                stdout.get(5, TimeUnit.SECONDS),
                stderr.get(5, TimeUnit.SECONDS)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException | TimeoutException e) {
        return Optional.empty();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        close(process.getInputStream());
        close(process.getErrorStream());
      }
    }
  }

  private static String text(InputStream in) {
    try (in) {
      byte[] head = in.readNBytes(LIMIT);
      in.transferTo(OutputStream.nullOutputStream());
      return new String(head, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // The program is gone; nothing is lost.
    }
  }
}
