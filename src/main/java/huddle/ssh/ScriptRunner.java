package huddle.ssh;

import huddle.event.Failure;
import huddle.shell.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs scripts in a [Shell]: writes them, reads what they print, holds the bounds. What OpenSSH
/// and this machine have in common.
///
/// @param stdoutLimit most bytes of standard output that [#run] keeps
/// @param stderrLimit most bytes of standard error that [#run] keeps
record ScriptRunner(Shell shell, int stdoutLimit, int stderrLimit) {
  private static final Duration BEGIN = Duration.ofSeconds(60);

  ScriptRunner(Shell shell) {
    this(shell, 16 << 20, 1 << 20);
  }

  /// See [Connection#run].
  Output run(Script script, Connection.Bytes input, Duration bound) {
    Bootstrap bootstrap = Bootstrap.random();
    byte[] frame = bootstrap.frame(script);
    long deadline = System.nanoTime() + bound.toNanos();
    Process process = launch();
    Drain out =
        Drain.start(
            process.getInputStream(), bootstrap.marker(), stdoutLimit, process::destroyForcibly);
    Drain err =
        Drain.start(
            process.getErrorStream(), bootstrap.marker(), stderrLimit, process::destroyForcibly);
    Writer writer = Writer.start(process, frame, input);
    try {
      boolean ended =
          process.waitFor(Duration.ofNanos(deadline - System.nanoTime()))
              && out.join(Duration.ofNanos(deadline - System.nanoTime()))
              && err.join(Duration.ofNanos(deadline - System.nanoTime()));
      if (!ended) {
        shell.end(process, out.preamble().word());
        throw tooLong(script, bound, out, err);
      }
    } catch (InterruptedException e) {
      shell.end(process, out.preamble().word());
      Thread.currentThread().interrupt();
      throw interrupted();
    }
    if (out.overflowed() || err.overflowed()) {
      shell.end(process, out.preamble().word());
      throw Failure.on(
          shell.host(),
          "%s printed more than %s MiB, and was given up"
              .formatted(script.name(), (out.overflowed() ? stdoutLimit : stderrLimit) >> 20),
          "");
    }
    writer.rethrow(shell.host(), script);
    return ended(script, process.exitValue(), out, err);
  }

  /// See [Connection#start].
  Connection.Session start(Script script) {
    Bootstrap bootstrap = Bootstrap.random();
    byte[] frame = bootstrap.frame(script);
    Process process = launch();
    try (var _ = new Watchdog(process, BEGIN)) {
      Preamble begun = begin(process, frame, bootstrap.marker());
      if (begun.began()) {
        return new ScriptSession(process, shell, begun.word());
      }
      if (begun.isEndless()) {
        process.destroyForcibly();
      }
      Drain err = Drain.start(process.getErrorStream(), bootstrap.marker(), stderrLimit, () -> {});
      err.join(Duration.ofSeconds(5));
      process.waitFor(Duration.ofSeconds(5));
      process.destroyForcibly();
      throw notBegun(script, process.waitFor(), begun.noise(), err.text());
    } catch (InterruptedException e) {
      shell.end(process, "");
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private static Preamble begin(Process process, byte[] frame, String marker) {
    Preamble begun = new Preamble(false, "", "");
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write(frame);
      stdin.flush();
    } catch (IOException e) {
      // It ended before it read the script; its streams say why.
    }
    try {
      begun = Preamble.read(process.getInputStream(), marker);
      if (begun.began()) {
        Preamble.read(process.getErrorStream(), marker);
      }
    } catch (IOException e) {
      // As above.
    }
    return begun;
  }

  private Process launch() {
    try {
      return shell.start();
    } catch (IOException e) {
      throw SshFailure.notStarted(shell.host(), e);
    }
  }

  private Output ended(Script script, int exit, Drain out, Drain err) {
    String stderr = err.text();
    if (!out.preamble().began()) {
      throw notBegun(script, exit, out.text(), stderr);
    }
    shell
        .broken(exit, true, stderr)
        .ifPresent(failure -> {
          throw failure;
        });
    return new Output(exit, out.text(), stderr);
  }

  private Failure notBegun(Script script, int exit, String stdout, String stderr) {
    return shell
        .broken(exit, false, stderr)
        .orElseGet(() ->
            new Failure(
                shell.host(),
                "the login shell did not run a command but "
                    + (stdout.isBlank() && stderr.isBlank()
                        ? "ended with exit code " + exit
                        : "printed: " + excerpt(stdout.isBlank() ? stderr : stdout)),
                "log in with ssh and see what its start-up files (.bashrc, .cshrc, config.fish)"
                    + " do when there is no terminal",
                "script " + script.name() + "\n" + stdout + "\n" + stderr));
  }

  private Failure tooLong(Script script, Duration bound, Drain out, Drain err) {
    return new Failure(
        shell.host(),
        "%s did not end within %s".formatted(script.name(), seconds(bound)),
        "see whether the host is overloaded or hangs on a disk or network, then run the command"
            + " again",
        out.text() + "\n" + err.text());
  }

  private Failure interrupted() {
    return Failure.on(shell.host(), "it was interrupted", "");
  }

  private static String seconds(Duration bound) {
    return bound.toMillis() % 1000 == 0 ? bound.toSeconds() + " s" : bound.toMillis() + " ms";
  }

  private static String excerpt(String text) {
    String stripped = text.strip();
    return stripped.length() <= 300 ? stripped : stripped.substring(0, 300) + "…";
  }

  /// Ends a process that is not done with beginning in time; closing it calls that off.
  private static final class Watchdog implements AutoCloseable {
    private final Thread thread;

    Watchdog(Process process, Duration bound) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Thread.sleep(bound);
                  process.destroyForcibly();
                } catch (InterruptedException e) {
                  // Called off.
                }
              });
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  /// Writes the script and its input. A pipe that breaks is the reader's affair; an input that
  /// cannot be read is a failure, whatever the script made of what it got.
  private static final class Writer implements Runnable {
    private final Process process;
    private final byte[] frame;
    private final Connection.Bytes input;
    private final AtomicReference<@Nullable Throwable> unreadable = new AtomicReference<>();

    static Writer start(Process process, byte[] frame, Connection.Bytes input) {
      Writer writer = new Writer(process, frame, input);
      Thread.ofPlatform().daemon().name("huddle-write").start(writer);
      return writer;
    }

    private Writer(Process process, byte[] frame, Connection.Bytes input) {
      this.process = process;
      this.frame = frame;
      this.input = input;
    }

    @Override
    public void run() {
      PipeOutput pipe = new PipeOutput(process.getOutputStream());
      try (pipe) {
        pipe.write(frame);
        pipe.flush();
        writeInput(pipe);
      } catch (IOException e) {
        // The script ended without reading all of it, which is its right.
      }
    }

    private void writeInput(PipeOutput pipe) throws IOException {
      try {
        input.writeTo(pipe);
        pipe.flush();
      } catch (IOException | RuntimeException e) {
        if (!pipe.broken()) {
          unreadable.set(e);
          process.destroyForcibly();
        }
      }
    }

    void rethrow(String host, Script script) {
      switch (unreadable.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Throwable e ->
            throw Failure.on(
                host,
                "what %s sends cannot be read: %s".formatted(script.name(), e.getMessage()),
                "");
      }
    }
  }
}
