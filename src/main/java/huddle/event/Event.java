package huddle.event;

import java.time.Duration;
import java.util.List;

/// Everything that a run reports, in the order it happens. Rendered as live lines, plain lines or
/// JSON lines.
public sealed interface Event {
  /// A step of the command began, for example "Reading facts of 5 hosts".
  record Step(String text) implements Event {}

  /// Something worth a line that is no failure; `host` may be empty.
  record Note(String host, String text) implements Event {}

  /// Something that may go wrong later; `host` may be empty.
  record Warning(String host, String text, String remedy) implements Event {}

  /// A change began.
  record ChangeStarted(String host, String kind, String summary) implements Event {}

  /// A change goes on; `done` and `total` are bytes, `total` is 0 where unknown or not in bytes.
  record ChangeProgress(String host, String kind, String text, long done, long total)
      implements Event {}

  /// A change is done.
  record ChangeDone(String host, String kind, String summary, Duration took) implements Event {}

  /// A change or a host failed. The run goes on where it can.
  record Failed(String host, String kind, String what, String remedy) implements Event {
    /// Of a host, or of none: no change was under way.
    public static Failed of(Failure failure) {
      return new Failed(failure.host().orElse(""), "host", failure.what(), failure.remedy());
    }
  }

  /// A change was not tried because what it builds on failed.
  record Skipped(String host, String kind, String summary, String because) implements Event {}

  /// The run ended. `failedHosts` is empty exactly if it succeeded.
  record Finished(String cluster, String outcome, List<String> failedHosts, String log)
      implements Event {
    public Finished {
      failedHosts = List.copyOf(failedHosts);
    }
  }
}
