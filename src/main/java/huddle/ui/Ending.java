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
    List<Failure> all = new ArrayList<>(failures);
    all.addAll(silent(finished));
    return outcome(finished, all, style);
  }

  /// The same where every failure was said with its remedy when it happened.
  String afterAll(Event.Finished finished, Style style) {
    return outcome(finished, silent(finished), style);
  }

  private String outcome(Event.Finished finished, List<Failure> said, Style style) {
    String outcome = EventText.lines(finished).getFirst() + "\n";
    return succeeded(finished)
        ? Mark.DONE.in(style) + " " + outcome
        : Mark.FAILED.in(style) + " " + outcome + FailureView.render(said, finished.log(), style);
  }

  // A host that failed without a word of its own is still named.
  private List<Failure> silent(Event.Finished finished) {
    Set<String> silent = new LinkedHashSet<>(finished.failedHosts());
    failures.forEach(failure -> silent.remove(failure.host().orElse("")));
    return silent.stream().map(host -> Failure.on(host, "failed; the log says more", "")).toList();
  }
}
