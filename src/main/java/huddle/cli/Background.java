package huddle.cli;

import huddle.event.Event;
import java.util.ArrayList;
import java.util.List;

/// Tunnels in the background go with the cluster they lead to.
final class Background {
  private Background() {}

  /// Ends them all, and says so.
  static void end(ClusterSession session) throws InterruptedException {
    List<String> ended = new ArrayList<>();
    for (var one : Announcements.of(session.context(), session.spec()).all().entrySet()) {
      if (one.getValue().end()) {
        ended.add(one.getKey());
      }
    }
    if (!ended.isEmpty()) {
      session
          .events()
          .report(new Event.Note("", "ended in the background: " + String.join(", ", ended)));
    }
  }
}
