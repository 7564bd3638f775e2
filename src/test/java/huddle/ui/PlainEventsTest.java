package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainEventsTest {
  private final FakeClock clock = new FakeClock();
  private final FakeTerminal fake = FakeTerminal.pipe();
  private final PlainEvents view = new PlainEvents(fake.open().err(), clock);

  @Test
  void aLineAnEvent() {
    RunOfEvents.ALL.forEach(view::report);
    assertThat(fake.err())
        .isEqualTo(
            """
            Applying 4 changes on 2 hosts
            worker.one: its clock is 3 s ahead
            warning: /tmp is mounted noexec
              do: Set dirs.
            worker.one: install Spark 4.3.0
            worker.one: install Spark 4.3.0: done in 12s
            failed: worker.two: port 7078 is taken by pid 411
              do: Stop it or set ports.worker.
            skipped: worker.two: start the Worker: its port is taken
            ✗ penguins: not up
            log: /home/ada/up.log
            """);
    assertThat(fake.out()).isEmpty();
  }

  @Test
  void whatRunsLongSaysSoEveryTenSeconds() {
    view.report(new Event.ChangeStarted("worker.one", "spark", "install Spark 4.3.0"));
    ticks(9);
    view.report(
        new Event.ChangeProgress("worker.one", "spark", "copying Spark", 212_000_000, 499_000_000));
    view.report(new Event.ChangeStarted("worker.two", "conf", "write conf"));
    ticks(11);
    view.report(
        new Event.ChangeDone("worker.one", "spark", "install Spark", Duration.ofSeconds(20)));
    ticks(1);
    assertThat(fake.err())
        .isEqualTo(
            """
            worker.one: install Spark 4.3.0
            worker.two: write conf
            worker.one: copying Spark: still … 10s, 212 of 499 MB
            worker.one: copying Spark: still … 20s, 212 of 499 MB
            worker.two: write conf: still … 11s
            worker.one: install Spark: done in 20s
            """);
  }

  @Test
  void aStepWithoutChangesSaysItToo() {
    view.report(new Event.Step("Proving the cluster with a real job"));
    ticks(25);
    view.report(new Event.Finished("penguins", "up", List.of(), ""));
    ticks(20);
    assertThat(fake.err())
        .isEqualTo(
            """
            Proving the cluster with a real job
            Proving the cluster with a real job: still … 10s
            Proving the cluster with a real job: still … 20s
            ✓ penguins: up
            """);
  }

  @Test
  void manyLongChangesAreOneLine() {
    IntStream.rangeClosed(1, 50)
        .forEach(i -> view.report(new Event.ChangeStarted("worker" + i, "spark", "install Spark")));
    ticks(10);
    assertThat(fake.err()).endsWith("50 changes: still … 10s, longest on worker1: install Spark\n");
  }

  @Test
  void quietIsWarningsAndFailures() {
    FakeTerminal quiet = FakeTerminal.pipe();
    QuietEvents events = new QuietEvents(quiet.open().err());
    RunOfEvents.ALL.forEach(events::report);
    events.report(new Event.Finished("penguins", "up", List.of(), "/home/ada/up.log"));
    assertThat(quiet.err())
        .isEqualTo(
            """
            warning: /tmp is mounted noexec
              do: Set dirs.
            failed: worker.two: port 7078 is taken by pid 411
              do: Stop it or set ports.worker.
            penguins: not up
            log: /home/ada/up.log
            """);
  }

  private void ticks(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.pass(1);
      view.tick();
    }
  }
}
