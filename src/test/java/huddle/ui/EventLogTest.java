package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Event;
import huddle.event.Failure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir Path folder;

  @Test
  void everyEventWithItsTimeAndTheOutputBehindFailures() throws IOException {
    Path file = folder.resolve("logs/up.log");
    FakeClock clock = new FakeClock();
    List<Event> others = new ArrayList<>();
    try (EventLog log = EventLog.open(file, clock)) {
      Tee tee = new Tee(List.of(log, others::add));
      RunOfEvents.ALL.forEach(tee::report);
      clock.pass(1.25);
      log.output("worker.two: output of start", "line 1\r\n\u001B[31mline 2\n");
      log.output("worker.two: nothing said", "");
    }
    assertThat(others).isEqualTo(RunOfEvents.ALL);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            2026-11-23T19:13:05.000Z Applying 4 changes on 2 hosts
            2026-11-23T19:13:05.000Z worker.one: its clock is 3 s ahead
            2026-11-23T19:13:05.000Z warning: /tmp is mounted noexec
            2026-11-23T19:13:05.000Z   do: Set dirs.
            2026-11-23T19:13:05.000Z worker.one: install Spark 4.3.0
            2026-11-23T19:13:05.000Z worker.one: copying Spark 212 of 499 MB
            2026-11-23T19:13:05.000Z worker.one: install Spark 4.3.0: done in 12s
            2026-11-23T19:13:05.000Z failed: worker.two: port 7078 is taken by pid 411
            2026-11-23T19:13:05.000Z   do: Stop it or set ports.worker.
            2026-11-23T19:13:05.000Z skipped: worker.two: start the Worker: its port is taken
            2026-11-23T19:13:05.000Z penguins: not up
            2026-11-23T19:13:06.250Z worker.two: output of start
                line 1
                line 2
            """);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSecondRunAppends() throws IOException {
    Path file = folder.resolve("up.log");
    for (int i = 0; i < 2; i++) {
      try (EventLog log = EventLog.open(file, new FakeClock())) {
        log.report(new Event.Step("Reading facts"));
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aLogThatCannotBeOpenedIsAFailure() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> EventLog.open(file.resolve("up.log"), new FakeClock()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aFullDiskStopsNothing() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void close() throws IOException {
            throw new IOException("No space left on device");
          }
        };
    EventLog log = new EventLog(full, new FakeClock());
    RunOfEvents.ALL.forEach(log::report);
    log.close();
  }
}
