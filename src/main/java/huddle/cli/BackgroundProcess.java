package huddle.cli;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// This process's own command line once more, in a session of its own and with its output in a log.
record BackgroundProcess(Process process, Path log) {
  private static final Duration LOOK = Duration.ofMillis(50);

  /// Starts it.
  ///
  /// @param folder that it runs in
  /// @param log made here, for the operator alone
  /// @param variables besides those of this process
  static BackgroundProcess start(Path folder, Path log, Map<String, String> variables)
      throws IOException {
    Files.createFile(
        log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(ownCommandLine());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().putAll(variables);
    for (String stream : List.of("HUDDLE_TTY_IN", "HUDDLE_TTY_OUT", "HUDDLE_TTY_ERR")) {
      builder.environment().put(stream, "0");
    }
    return new BackgroundProcess(builder.start(), log);
  }

  /// As the kernel has it: what started this JVM, whatever that was.
  private static List<String> ownCommandLine() throws IOException {
    String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
    String[] words = line.split("\0", -1);
    List<String> own = new ArrayList<>(List.of(words).subList(0, words.length - 1));
    ProcessHandle.current().info().command().ifPresent(java -> own.set(0, java));
    return own;
  }

  /// Waits until it is ready; ends it if that takes too long.
  ///
  /// @param ready empty until then
  /// @param shown gets what it prints meanwhile
  /// @return empty if it ended instead
  <T> Optional<T> await(Supplier<Optional<T>> ready, Duration bound, Consumer<String> shown)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    try (InputStream added = Files.newInputStream(log)) {
      while (true) {
        boolean ended = !process.isAlive();
        Optional<T> found = ready.get();
        show(added, shown);
        if (found.isPresent() || ended) {
          return found;
        }
        if (System.nanoTime() > deadline) {
          throw new Failure(
              "",
              "the process in the background was not ready within %d s"
                  .formatted(bound.toSeconds()),
              "see its log: " + log,
              "");
        }
        Thread.sleep(LOOK);
      }
    } catch (IOException | InterruptedException | Failure e) {
      Thread.interrupted();
      Optional<RunningProcess> left = RunningProcess.of(process.pid());
      if (left.isPresent()) {
        left.get().end();
      }
      throw e;
    }
  }

  private static void show(InputStream added, Consumer<String> shown) throws IOException {
    byte[] more = added.readAllBytes();
    if (more.length > 0) {
      shown.accept(new String(more, StandardCharsets.UTF_8));
    }
  }

  /// The exit code of one that ended before it was ready.
  int failed() {
    return Math.max(1, process.exitValue());
  }
}
