package huddle.lab;

import huddle.event.Failure;
import huddle.ssh.Output;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs programs of this machine to their end.
final class Processes {
  static final Duration BOUND = Duration.ofSeconds(30);

  private static final String SYSTEM_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Processes() {}

  /// Runs words with empty standard input. An exit other than 0 is no failure.
  static Output run(Duration bound, List<String> words) {
    Process process = start(builder(words));
    CompletableFuture<String> stdout = text(process.getInputStream());
    CompletableFuture<String> stderr = text(process.getErrorStream());
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw Failure.of(
            "`" + String.join(" ", words) + "` did not end within " + bound.toSeconds() + " s", "");
      }
      return new Output(process.exitValue(), stdout.join(), stderr.join());
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw Failure.of("interrupted", "");
    }
  }

  /// Runs words that are to succeed; what they print.
  static String succeed(String... words) {
    Output output = run(BOUND, List.of(words));
    if (output.exit() != 0) {
      throw new Failure(
          "",
          "`" + String.join(" ", words) + "` failed: " + lastLine(output.stderr()),
          "",
          output.stderr());
    }
    return output.stdout();
  }

  /// Words as a process with empty input, the system's PATH and a C locale.
  static ProcessBuilder builder(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("PATH", SYSTEM_PATH);
    builder.environment().put("LC_ALL", "C");
    return builder.redirectInput(new File("/dev/null"));
  }

  static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw Failure.of("cannot run " + builder.command().getFirst() + ": " + e.getMessage(), "");
    }
  }

  static String lastLine(String text) {
    return text.strip().lines().reduce((first, second) -> second).orElse("it said nothing");
  }

  /// Whether a program is there, in any folder of the system's PATH.
  static boolean has(String program) {
    return List.of(SYSTEM_PATH.split(":", -1)).stream()
        .anyMatch(folder -> new File(folder, program).canExecute());
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static CompletableFuture<String> text(InputStream in) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try (in) {
        text.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException | UncheckedIOException e) {
        text.complete("");
      }
    });
    return text;
  }
}
