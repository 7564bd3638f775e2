package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
  private final FakeClock clock = new FakeClock();

  private final class Run {
    final FakeTerminal fake;
    final Terminal terminal;
    final LiveEvents view;
    final int columns;
    final int rows;

    Run(FakeTerminal fake, int columns, int rows, boolean verbose, String... hosts) {
      this.fake = fake;
      this.columns = columns;
      this.rows = rows;
      terminal = fake.open();
      view =
          new LiveEvents(
              terminal.err(), clock, new EventViews.Options(false, false, verbose, List.of(hosts)));
    }

    Run report(Event... events) {
      for (Event event : events) {
        view.report(event);
      }
      return this;
    }

    String screen() {
      view.tick();
      VtScreen screen = new VtScreen(columns, rows).feed(fake.both());
      assertThat(screen.restsBelow()).isTrue();
      return screen.text();
    }
  }

  private Run run(int columns, int rows, String... hosts) {
    return new Run(FakeTerminal.tty(columns, rows), columns, rows, false, hosts);
  }

  private static Event started(String host, String kind, String summary) {
    return new Event.ChangeStarted(host, kind, summary);
  }

  private static Event done(String host, String kind, String summary) {
    return new Event.ChangeDone(host, kind, summary, Duration.ofSeconds(1));
  }

  /// Three hosts in the middle of a run.
  private Run middle(Run run) {
    run.report(
        new Event.Step("Applying 5 changes on 3 hosts"),
        started("worker.three", "spark", "install Spark 4.3.0"),
        started("worker.one", "conf", "write conf"));
    clock.pass(2);
    run.report(
        done("worker.one", "conf", "write conf"),
        started("worker.two", "spark", "install Spark 4.3.0"),
        new Event.Note("worker.two", "its clock is 3 s ahead"),
        new Event.ChangeProgress(
            "worker.three", "spark", "copying Spark from worker.one", 212_400_000, 499_000_000));
    clock.pass(13);
    return run;
  }

  @Test
  void oneLinePerHostInTheFilesOrder() {
    Run run = middle(run(80, 24, "worker.one", "worker.two", "worker.three"));
    assertThat(run.screen())
        .isEqualTo(
            """
            Applying 5 changes on 3 hosts
              worker.two: its clock is 3 s ahead
            ✓ worker.one    write conf                                                 2.0s
            ⠙ worker.two    install Spark 4.3.0                                         13s
            ⠙ worker.three  copying Spark from worker.one  212 of 499 MB                15s
            """);
  }

  @Test
  void narrowTerminalsCutWhatItDoesFirst() {
    Run run = middle(run(40, 24, "worker.one", "worker.two", "worker.three"));
    assertThat(run.screen())
        .isEqualTo(
            """
            Applying 5 changes on 3 hosts
              worker.two: its clock is 3 s ahead
            ✓ worker.one    write conf         2.0s
            ⠙ worker.two    install Spark 4.3…  13s
            ⠙ worker.three  copying Spark fro…  15s
            """);
  }

  @Test
  void marksAreAsciiWhereTheLocaleIs() {
    FakeTerminal fake = FakeTerminal.tty(60, 24).with("LC_ALL", "C").noColor();
    Run run = middle(new Run(fake, 60, 24, false, "worker.one", "worker.two", "worker.three"));
    assertThat(run.screen())
        .isEqualTo(
            """
            Applying 5 changes on 3 hosts
              worker.two: its clock is 3 s ahead
            * worker.one    write conf                             2.0s
            / worker.two    install Spark 4.3.0                     13s
            / worker.three  copying Spark from w...  212 of 499 MB  15s
            """);
    assertThat(fake.both()).matches("[\\x00-\\x7F]*").doesNotContainPattern("\u001B\\[[0-9;]*m");
  }

  @Test
  void failuresStayAboveAndTheEndSaysWhatToDo() {
    Run run = middle(run(80, 24, "worker.one", "worker.two", "worker.three"));
    run.report(
        new Event.Failed("worker.three", "spark", "the disk is full", "Free 2 GB in /home."),
        new Event.Skipped("worker.three", "worker", "start Worker", "Spark is missing"),
        done("worker.two", "spark", "install Spark 4.3.0"),
        started("worker.two", "worker", "start Worker"));
    clock.pass(4);
    run.report(done("worker.two", "worker", "start Worker"));
    run.screen();
    run.report(
        new Event.Step("Proving the cluster with a real job"),
        new Event.Finished("penguins", "not up", List.of("worker.three"), "/home/ada/up.log"));
    run.view.close();
    assertThat(run.screen())
        .isEqualTo(
            """
            Applying 5 changes on 3 hosts
              worker.two: its clock is 3 s ahead
            ✗ worker.three  the disk is full
            ✓ worker.one    write conf                                                 2.0s
            ✓ worker.two    2 changes, last: start Worker                               17s
            Proving the cluster with a real job
            ✗ penguins: not up
            failed: worker.three: the disk is full
              do: Free 2 GB in /home.
            log: /home/ada/up.log
            """);
  }

  @Test
  void aStepWithoutChangesShowsThatItIsAlive() {
    Run run = run(80, 24).report(new Event.Step("Proving the cluster with a real job"));
    assertThat(run.screen()).isEqualTo("Proving the cluster with a real job\n");
    clock.pass(7);
    assertThat(run.screen()).isEqualTo("Proving the cluster with a real job\n⠹ 7s\n");
    run.report(new Event.Finished("penguins", "up", List.of(), ""));
    assertThat(run.screen()).isEqualTo("Proving the cluster with a real job\n✓ penguins: up\n");
  }

  @Test
  void fiftyHostsNeverTakeMoreLinesThanThereAre() {
    String[] hosts =
        IntStream.rangeClosed(1, 50).mapToObj(i -> "worker" + i).toArray(String[]::new);
    Run run = run(80, 12, hosts).report(new Event.Step("Applying 50 changes on 50 hosts"));
    for (String host : hosts) {
      run.report(started(host, "spark", "install Spark"));
    }
    run.screen();
    clock.pass(1);
    for (String host : List.of(hosts).subList(0, 40)) {
      run.report(done(host, "spark", "install Spark"));
    }
    run.report(new Event.Failed("worker3", "conf", "the disk is full", ""));
    clock.pass(1);
    assertThat(run.screen())
        .isEqualTo(
            """
            Applying 50 changes on 50 hosts
            ✗ worker3   the disk is full
            ⠹ worker41  install Spark                                                    2s
            ⠹ worker42  install Spark                                                    2s
            ⠹ worker43  install Spark                                                    2s
            ⠹ worker44  install Spark                                                    2s
            ⠹ worker45  install Spark                                                    2s
            ⠹ worker46  install Spark                                                    2s
            ⠹ worker47  install Spark                                                    2s
            ⠹ worker48  install Spark                                                    2s
            … 41 more hosts: 2 at work, 39 done
            """);
    for (String host : List.of(hosts).subList(40, 50)) {
      run.report(done(host, "spark", "install Spark"));
    }
    run.screen();
    run.report(new Event.Finished("penguins", "not up", List.of("worker3"), ""));
    // Every host has its line in the end, also where they scroll away; no line is left of the rest.
    List<String> lines = run.screen().lines().toList();
    assertThat(lines).hasSize(2 + 49 + 2).doesNotContainSequence("");
    assertThat(lines.subList(2, 5))
        .allMatch(line -> line.matches("✓ worker(1|2|4) +install Spark +1.0s"));
  }

  @Test
  void closingInTheMiddleSaysWhatWasInterrupted() {
    Run run = middle(run(60, 24, "worker.one", "worker.two", "worker.three"));
    run.screen();
    run.view.close();
    run.view.close();
    clock.pass(1);
    String closed = run.screen();
    assertThat(closed)
        .isEqualTo(
            """
            Applying 5 changes on 3 hosts
              worker.two: its clock is 3 s ahead
            ✓ worker.one    write conf                             2.0s
            ! worker.two    interrupted: install Spark 4.3.0        13s
            ! worker.three  interrupted: copying S…  212 of 499 MB  15s
            """);
    run.report(new Event.Note("", "cancelled"), started("worker.one", "conf", "write conf"));
    assertThat(run.screen()).isEqualTo(closed + "  cancelled\n");
  }

  @Test
  void otherOutputLandsAboveTheLines() {
    Run run = middle(run(60, 24, "worker.one", "worker.two", "worker.three"));
    run.screen();
    run.terminal.out().println("data");
    run.terminal.err().print("half ");
    run.view.tick();
    run.terminal.err().print("a line\n");
    assertThat(run.screen())
        .containsSubsequence("3 s ahead\n", "data\nhalf a line\n✓ worker.one", "⠸ worker.three");
  }

  @Test
  void questionsAreAskedAlone() {
    FakeTerminal fake = FakeTerminal.tty(60, 24);
    Run run = middle(new Run(fake, 60, 24, false));
    run.screen();
    Prompt.Answers none = new Prompt.Answers(false, false, Optional.empty());
    new Prompt(
            run.terminal,
            none,
            () -> {
              clock.pass(1);
              run.report(new Event.Note("worker.nine", "hello"));
              run.view.tick();
              return new char[0];
            })
        .password("Password:", "");
    assertThat(run.screen())
        .containsSubsequence("Password:\n", "worker.nine: hello\n", "worker.one");
  }

  @Test
  void verboseKeepsEveryFinishedChange() {
    Run run = middle(new Run(FakeTerminal.tty(60, 24), 60, 24, true, "worker.one", "worker.three"));
    run.report(done("worker.two", "spark", "install Spark 4.3.0"));
    run.report(new Event.Step("Next"));
    assertThat(run.screen())
        .isEqualTo(
            """
            Applying 5 changes on 3 hosts
            ✓ worker.one    write conf                             1.0s
              worker.two: its clock is 3 s ahead
            ✓ worker.two    install Spark 4.3.0                    1.0s
            Next
            ⠙ worker.three  copying Spark from wor…  212 of 499 MB  15s
            """);
  }

  @Test
  void hostileTextMovesNothing() {
    Run run = run(40, 24);
    run.report(
        new Event.Step("Step\u001B[5A\r\nover"),
        started("w\u001B]0;x\u0007\n企鹅.example.org", "a", "\u009B2J企鹅".repeat(20)),
        new Event.ChangeProgress("w\u001B]0;x\u0007\n企鹅.example.org", "a", "\tx\u202E", 5, 9));
    clock.pass(3);
    assertThat(run.screen())
        .isEqualTo(
            """
            Step over
            ⠙ w 企鹅.examp…  x                   3s
            """);
  }

  @Test
  void nothingIsWrittenWhereNothingChanges() {
    Run run = middle(run(80, 24, "worker.one"));
    run.report(done("worker.two", "spark", "a"), done("worker.three", "spark", "b"));
    run.report(new Event.Finished("penguins", "up", List.of(), ""));
    run.screen();
    int length = run.fake.both().length();
    run.screen();
    assertThat(run.fake.both()).hasSize(length);
  }
}
