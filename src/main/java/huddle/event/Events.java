package huddle.event;

/// Takes events as they happen, from any thread.
@FunctionalInterface
public interface Events {
  /// Renders or records one event; never throws.
  void report(Event event);
}
