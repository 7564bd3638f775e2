package huddle.cli;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process of this machine, told from a later one that got the same number.
///
/// @param pid its number
/// @param start when it started, in the kernel's ticks since boot
record RunningProcess(long pid, String start) {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration KILLED = Duration.ofSeconds(5);

  /// The one that runs this.
  static RunningProcess self() {
    long pid = ProcessHandle.current().pid();
    return new RunningProcess(pid, startOf(pid));
  }

  /// The process of this number, if there is one.
  static Optional<RunningProcess> of(long pid) {
    String start = startOf(pid);
    return start.isEmpty() ? Optional.empty() : Optional.of(new RunningProcess(pid, start));
  }

  /// Whether it still runs.
  boolean isAlive() {
    return !start.isEmpty() && startOf(pid).equals(start);
  }

  /// Ends it in order, or at once if it does not.
  void end() throws InterruptedException {
    ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
    if (handle == null || !isAlive()) {
      return;
    }
    handle.destroy();
    if (!ends(handle.onExit(), GRACE)) {
      handle.destroyForcibly();
      if (!ends(handle.onExit(), KILLED)) {
        throw Failure.of(
            "process %d of this machine does not end".formatted(pid), "kill -9 " + pid);
      }
    }
  }

  private static boolean ends(CompletableFuture<ProcessHandle> exit, Duration bound)
      throws InterruptedException {
    try {
      exit.get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Field 22 of its stat; empty if there is no such process. The name in brackets before it may
  /// hold anything.
  private static String startOf(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      List<String> fields =
          List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
      boolean ended = fields.getFirst().equals("Z");
      return ended || fields.size() < 20 ? "" : fields.get(19);
    } catch (IOException e) {
      return "";
    }
  }
}
