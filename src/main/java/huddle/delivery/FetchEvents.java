package huddle.delivery;

import huddle.artifact.Progress;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import java.time.Duration;
import java.util.function.Supplier;

/// Tells of what is fetched or made on the operator's machine: changes of no host.
record FetchEvents(Events events) {
  private static final String HERE = "";
  private static final String KIND = "fetch";

  /// Does it, and tells of its start and of the time that it took.
  <T> T timed(String summary, Supplier<T> work) {
    long started = System.nanoTime();
    events.report(new Event.ChangeStarted(HERE, KIND, summary));
    T made = work.get();
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    events.report(new Event.ChangeDone(HERE, KIND, summary, took));
    return made;
  }

  /// What passes on how far it is.
  Progress progress() {
    return (text, done, total) ->
        events.report(new Event.ChangeProgress(HERE, KIND, text, done, total));
  }

  void note(String text) {
    events.report(new Event.Note(HERE, text));
  }

  /// What could not be had, where the cluster may do without.
  void warn(Failure failure) {
    events.report(new Event.Warning(HERE, failure.what(), failure.remedy()));
  }

  /// @param then what is done instead
  void warn(Failure failure, String then) {
    events.report(new Event.Warning(HERE, failure.what() + "; " + then, failure.remedy()));
  }
}
