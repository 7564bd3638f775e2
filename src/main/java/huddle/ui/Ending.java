package huddle.ui;

import huddle.event.Event;
import huddle.event.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Keeps the failures of a run for its last words.
final class Ending {
  private final List<Failure> failures = new ArrayList<>();

  void take(Event.Failed failed) {
    failures.add(new Failure(failed.host(), failed.what(), failed.remedy(), ""));
  }

  boolean succeeded(Event.Finished finished) {
    return failures.isEmpty() && finished.failedHosts().isEmpty();
  }

  /// The last lines of the run: the outcome, or every failure with its remedy and the log.
  String text(Event.Finished finished, Style style) {
    String outcome = EventText.lines(finished).getFirst();
    if (succeeded(finished)) {
      return Mark.DONE.in(style) + " " + outcome + "\n";
    }
    return Mark.FAILED.in(style)
        + " "
        + outcome
        + "\n"
        + FailureView.render(all(finished.failedHosts()), finished.log(), style);
  }

  // A host that failed without a word of its own is still named.
  private List<Failure> all(List<String> failedHosts) {
    Set<String> silent = new LinkedHashSet<>(failedHosts);
    failures.forEach(failure -> silent.remove(failure.host().orElse("")));
    List<Failure> all = new ArrayList<>(failures);
    silent.forEach(host -> all.add(Failure.on(host, "failed; the log says more", "")));
    return all;
  }
}
