package huddle.plan;

import huddle.change.Change;
import huddle.event.Failure;
import java.util.List;

/// What to change, in an order that respects every host's own sequence, and what cannot be done.
///
/// @param changes all of them; [Order] says which waits for which
/// @param refusals hosts that cannot take part, each with its reason; their changes are left out
/// @param warnings what may go wrong later
public record Plan(List<Change> changes, List<Failure> refusals, List<Failure> warnings) {
  public Plan {
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }

  /// Whether nothing is to be done.
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
