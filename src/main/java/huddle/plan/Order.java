package huddle.plan;

import huddle.change.Change;
import huddle.change.Drain;
import huddle.change.Prove;
import huddle.change.RemoveRoot;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.change.WriteConf;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which change waits for which. Hosts go on side by side, each at its own pace; only the Master's
/// start, the stops of what depends on it and the proof make one host wait for another.
public final class Order {
  private static final Predicate<Role> MASTER = Role.MASTER::equals;
  private static final Predicate<Role> WORKER = Role.WORKER::equals;

  private Order() {}

  /// What one change waits for, as indexes into the plan's changes.
  ///
  /// @param needs these must have succeeded, or the change is skipped
  /// @param after these must have ended, however
  public record Waits(List<Integer> needs, List<Integer> after) {
    public Waits {
      needs = List.copyOf(needs);
      after = List.copyOf(after);
    }
  }

  /// For each change of the plan, in its order, what it waits for.
  public static List<Waits> waits(List<Change> changes) {
    List<Waits> waits = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      List<Integer> needs = new ArrayList<>();
      List<Integer> after = new ArrayList<>();
      for (int j = 0; j < changes.size(); j++) {
        Change other = changes.get(j);
        if (j < i && other.host().equals(change.host())) {
          switch (beside(change, other)) {
            case NEEDS -> needs.add(j);
            case AFTER -> after.add(j);
            case FREE -> {}
          }
        } else if ((j < i && other instanceof Drain)
            || (isStart(change, MASTER.negate()) && isStart(other, MASTER))) {
          needs.add(j);
        } else if (j < i && change instanceof WriteConf && other instanceof RemoveRoot) {
          // The manifest forgets a host once nothing is left there.
          needs.add(j);
        } else if ((change instanceof Prove && isStart(other, WORKER))
            || (j < i && isStart(change, MASTER) && isStop(other, WORKER))
            || (isStop(change, MASTER) && isStop(other, MASTER.negate()))
            || (isStop(change, WORKER) && isStop(other, Role::isService))) {
          after.add(j);
        }
      }
      waits.add(new Waits(needs, after));
    }
    return List.copyOf(waits);
  }

  private enum Beside {
    NEEDS,
    AFTER,
    FREE
  }

  /// What a change waits for on its own host: what comes before it, but for daemons that the
  /// cluster is up without.
  private static Beside beside(Change change, Change before) {
    if (isStart(before, Role::isService)) {
      // The proof needs no service; what is removed last must not be in use any more.
      return change instanceof Prove || isStart(change, Role::isService)
          ? Beside.FREE
          : Beside.AFTER;
    }
    if (isStart(before, WORKER)) {
      // A Worker that fails on the Master's host is the proof's business, not a reason to skip it.
      return change instanceof Prove
          ? Beside.AFTER
          : isStart(change, Role::isService) ? Beside.FREE : Beside.NEEDS;
    }
    return Beside.NEEDS;
  }

  private static boolean isStart(Change change, Predicate<Role> role) {
    return change instanceof StartDaemon start && role.test(start.role());
  }

  private static boolean isStop(Change change, Predicate<Role> role) {
    return change instanceof StopDaemon stop && role.test(stop.role());
  }
}
