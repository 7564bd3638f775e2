package huddle.plan;

import huddle.python.PythonKind;
import java.util.Set;

/// What a command wants the cluster to be.
public sealed interface Goal {
  /// The environments of Python that it needs. That of the notebook is brought once a goal asks for
  /// it, and stays as long as it fits what is asked for or a process runs from it.
  default Set<PythonKind> pythons() {
    return Set.of(PythonKind.CLUSTER);
  }

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
