package huddle.ui;

import huddle.event.Event;
import java.util.List;

/// Events as plain lines, the same on a pipe and in the log. Pure.
final class EventText {
  private EventText() {}

  /// The lines of an event, clean, without colour. The first line says it, a second one what to do.
  static List<String> lines(Event event) {
    return switch (event) {
      case Event.Step step -> List.of(Columns.clean(step.text()));
      case Event.Note note -> List.of(at(note.host()) + Columns.clean(note.text()));
      case Event.Warning warning ->
          withRemedy(
              "warning: " + at(warning.host()) + Columns.clean(warning.text()), warning.remedy());
      case Event.ChangeStarted started ->
          List.of(at(started.host()) + Columns.clean(started.summary()));
      case Event.ChangeProgress going ->
          List.of(
              (at(going.host())
                      + Columns.clean(going.text())
                      + " "
                      + Amounts.progress(going.done(), going.total()))
                  .strip());
      case Event.ChangeDone done ->
          List.of(
              at(done.host())
                  + Columns.clean(done.summary())
                  + ": done in "
                  + Amounts.took(done.took()));
      case Event.Failed failed ->
          withRemedy(
              "failed: " + at(failed.host()) + Columns.clean(failed.what()), failed.remedy());
      case Event.Skipped skipped ->
          List.of(
              "skipped: "
                  + at(skipped.host())
                  + Columns.clean(skipped.summary())
                  + ": "
                  + Columns.clean(skipped.because()));
      case Event.Finished finished ->
          List.of(at(finished.cluster()) + Columns.clean(finished.outcome()));
    };
  }

  private static String at(String host) {
    return host.isEmpty() ? "" : Columns.clean(host) + ": ";
  }

  private static List<String> withRemedy(String line, String remedy) {
    return remedy.isEmpty() ? List.of(line) : List.of(line, "  do: " + Columns.clean(remedy));
  }
}
