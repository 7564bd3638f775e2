package huddle.ui;

import huddle.event.Event;
import huddle.event.Events;
import java.util.List;

/// Passes each event on to several takers, in order.
public record Tee(List<Events> takers) implements Events {
  public Tee {
    takers = List.copyOf(takers);
  }

  @Override
  public void report(Event event) {
    takers.forEach(taker -> taker.report(event));
  }
}
