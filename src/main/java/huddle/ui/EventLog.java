package huddle.ui;

import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.event.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Every event of a run as plain lines with the time, in a file only its owner may read; also the
/// full output behind failures, which the terminal never shows. A file that cannot be written any
/// more (a full disk) never stops the run.
public final class EventLog implements Events, AutoCloseable {
  private final Writer out;
  private final InstantSource clock;
  private final Throttle throttle = new Throttle(Duration.ofSeconds(10));

  EventLog(Writer out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /// Opens the file for appending, making it and its folders as needed.
  ///
  /// @throws Failure if that is not possible
  public static EventLog open(Path file, InstantSource clock) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return new EventLog(
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          clock);
    } catch (IOException | UncheckedIOException e) {
      throw new Failure(
          "",
          "the log " + file + " cannot be written: " + e.getMessage(),
          "make its folder writable or free some space",
          "");
    }
  }

  @Override
  public synchronized void report(Event event) {
    if (throttle.passes(event, clock.instant())) {
      write(EventText.lines(event));
    }
  }

  /// Keeps the output behind a failure, whole.
  ///
  /// @param title says whose it is, for example `worker.one: output of install-spark`
  /// @param output as it came
  public synchronized void output(String title, String output) {
    if (!output.isEmpty()) {
      write(List.of(Columns.clean(title)));
      append(Printable.text(output).stripTrailing().indent(4));
      flush();
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      // Nothing is left to say it to.
    }
  }

  private void write(List<String> lines) {
    String time = Amounts.time(clock.instant());
    lines.forEach(line -> append(time + " " + line + "\n"));
    flush();
  }

  private void append(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      // The run matters more than its log.
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      // As above.
    }
  }
}
