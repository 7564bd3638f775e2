package huddle.plan;

import huddle.change.Change;
import huddle.change.RemoveRoot;
import huddle.event.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

  /// The part of it that concerns these hosts. A manifest does not forget hosts whose removal is
  /// left out.
  public Plan only(Set<String> hosts) {
    List<Order.Waits> waits = Order.waits(changes);
    List<Change> kept = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      boolean early =
          waits.get(i).needs().stream()
              .map(changes::get)
              .anyMatch(need -> need instanceof RemoveRoot && !hosts.contains(need.host()));
      if (hosts.contains(changes.get(i).host()) && !early) {
        kept.add(changes.get(i));
      }
    }
    return new Plan(kept, only(refusals, hosts), only(warnings, hosts));
  }

  private static List<Failure> only(List<Failure> failures, Set<String> hosts) {
    return failures.stream().filter(f -> hosts.contains(f.host().orElse(""))).toList();
  }

  /// Whether nothing is to be done.
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
