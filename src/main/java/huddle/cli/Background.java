package huddle.cli;

import huddle.event.Event;
import java.util.List;

/// Tunnels in the background go with the cluster they lead to.
final class Background {
  private Background() {}

  /// Ends them all, and says so.
  static void end(ClusterSession session) throws InterruptedException {
    List<String> ended = Detached.endAll(session.context(), session.spec());
    if (!ended.isEmpty()) {
      session
          .events()
          .report(new Event.Note("", "ended in the background: " + String.join(", ", ended)));
    }
  }
}
