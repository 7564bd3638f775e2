package huddle.plan;

import java.util.Set;

/// What a command wants the cluster to be.
public sealed interface Goal {
  /// Installed, running, proven.
  record Up() implements Goal {}

  /// Running afresh: as [Up], with the daemons of these hosts restarted.
  record Restarted(Set<String> hosts) implements Goal {
    public Restarted {
      hosts = Set.copyOf(hosts);
    }
  }

  /// Installed, with nothing running.
  record Stopped() implements Goal {}

  /// Without a trace.
  record Gone() implements Goal {}
}
