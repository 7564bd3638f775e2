package huddle.ui;

/// Reads one line that must not be shown.
@FunctionalInterface
public interface HiddenInput {
  /// The line without its end; the caller wipes it.
  ///
  /// @throws huddle.event.Failure if it cannot be read unseen
  char[] read();
}
