package huddle.ui;

import huddle.event.Event;
import java.time.Duration;
import java.util.List;

/// A run with one event of each kind, some of their texts hostile.
final class RunOfEvents {
  static final List<Event> ALL =
      List.of(
          new Event.Step("Applying 4 changes on 2 hosts"),
          new Event.Note("worker.one", "its clock is 3 s ahead\u001B[2J"),
          new Event.Warning("", "/tmp is mounted\nnoexec", "Set dirs."),
          new Event.ChangeStarted("worker.one", "spark", "install Spark 4.3.0"),
          new Event.ChangeProgress(
              "worker.one", "spark", "copying Spark", 212_000_000, 499_000_000),
          new Event.ChangeDone(
              "worker.one", "spark", "install Spark 4.3.0", Duration.ofMillis(12_345)),
          new Event.Failed(
              "worker.two",
              "port",
              "port 7078 is taken by pid 411",
              "Stop it or set ports.worker."),
          new Event.Skipped("worker.two", "worker", "start the Worker", "its port is taken"),
          new Event.Finished("penguins", "not up", List.of("worker.two"), "/home/ada/up.log"));

  private RunOfEvents() {}
}
