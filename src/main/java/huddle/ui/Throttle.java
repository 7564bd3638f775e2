package huddle.ui;

import huddle.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Lets the progress of each change through once in a while, and every other event.
final class Throttle {
  private record Key(String host, String kind) {}

  private final Duration every;
  private final Map<Key, Instant> last = new HashMap<>();

  Throttle(Duration every) {
    this.every = every;
  }

  boolean passes(Event event, Instant now) {
    if (!(event instanceof Event.ChangeProgress going)) {
      return true;
    }
    Key key = new Key(going.host(), going.kind());
    Instant before = last.get(key);
    if (before != null && Duration.between(before, now).compareTo(every) < 0) {
      return false;
    }
    last.put(key, now);
    return true;
  }
}
