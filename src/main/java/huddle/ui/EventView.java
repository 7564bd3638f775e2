package huddle.ui;

import huddle.event.Events;

/// Shows the events of one run. Closing it ends what it drew and leaves the terminal in order; it
/// may be closed more than once, and takes events after that.
public interface EventView extends Events, AutoCloseable {
  @Override
  void close();
}
