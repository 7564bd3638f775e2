package huddle.plan;

import huddle.python.PythonKind;
import huddle.spec.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a command wants the cluster to be.
public sealed interface Goal {
  /// The environments of Python that it needs. That of the notebook is brought once a goal asks for
  /// it, and stays as long as it fits what is asked for or a process runs from it.
  default Set<PythonKind> pythons() {
    boolean notebook =
        switch (this) {
          case Serving(Role service) -> service == Role.NOTEBOOK;
          case Equipped(Role service) -> service == Role.NOTEBOOK;
          case Up _, Restarted _, Rotated _, NotServing _, Stopped _, Gone _ -> false;
        };
    return notebook ? Set.of(PythonKind.values()) : Set.of(PythonKind.CLUSTER);
  }

  /// Installed, running, proven.
  record Up() implements Goal {}

  /// Running afresh: as [Up], with the daemons of these hosts restarted.
  record Restarted(Set<String> hosts) implements Goal {
    public Restarted {
      hosts = Set.copyOf(hosts);
    }
  }

  /// Running with a new secret: as [Up], with every daemon restarted once no Application runs.
  ///
  /// @param patience how long Applications may go on; empty: they are ended
  record Rotated(Optional<Duration> patience) implements Goal {}

  /// As it is, with this service running as well.
  record Serving(Role service) implements Goal {}

  /// As it is, with all that this service needs brought, whether it runs or not.
  record Equipped(Role service) implements Goal {}

  /// As it is, without this service.
  record NotServing(Role service) implements Goal {}

  /// Installed, with nothing running.
  record Stopped() implements Goal {}

  /// Without a trace.
  record Gone() implements Goal {}

  /// What must hold once the changes are made, with nothing left to do.
  default Goal afterwards() {
    return switch (this) {
      case Restarted _, Rotated _ -> new Up();
      case Up _, Serving _, Equipped _, NotServing _, Stopped _, Gone _ -> this;
    };
  }

  /// Whether it only takes away, so that nothing needs to be brought.
  default boolean isLess() {
    return switch (this) {
      case Up _, Restarted _, Rotated _, Serving _, Equipped _ -> false;
      case NotServing _, Stopped _, Gone _ -> true;
    };
  }
}
