package huddle.ui;

import huddle.event.Event;
import java.util.List;

/// `-q`: warnings and failures with their remedies as they come; after a failed run the outcome and
/// the log. Nothing else.
final class QuietEvents implements EventView {
  private final Surface err;

  QuietEvents(Surface err) {
    this.err = err;
  }

  @Override
  public synchronized void report(Event event) {
    switch (event) {
      case Event.Warning warning -> print(Tone.CAREFUL, event);
      case Event.Failed failed -> print(Tone.BAD, event);
      case Event.Finished finished when finished.failedHosts().isEmpty() -> {}
      case Event.Finished finished -> {
        print(Tone.BAD, event);
        err.print(FailureView.render(List.of(), finished.log(), err.style()));
      }
      case Event.Step step -> {}
      case Event.Note note -> {}
      case Event.ChangeStarted started -> {}
      case Event.ChangeProgress going -> {}
      case Event.ChangeDone done -> {}
      case Event.Skipped skipped -> {}
    }
  }

  private void print(Tone tone, Event event) {
    List<String> lines = EventText.lines(event);
    err.println(err.style().paint(tone, lines.getFirst()));
    lines.stream().skip(1).forEach(err::println);
  }

  @Override
  public void close() {}
}
