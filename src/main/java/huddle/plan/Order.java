package huddle.plan;

import huddle.change.Change;
import huddle.change.Prove;
import huddle.change.RemoveRoot;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.change.WriteConf;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;

/// Which change waits for which. Hosts go on side by side, each at its own pace; only the Master's
/// start, the Workers' stop and the proof make one host wait for another.
public final class Order {
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
          // A Worker that fails on the Master's host is the proof's business, not a reason to skip
          // it.
          (change instanceof Prove && isStart(other, Role.WORKER) ? after : needs).add(j);
        } else if (isStart(change, Role.WORKER) && isStart(other, Role.MASTER)) {
          needs.add(j);
        } else if (j < i && change instanceof WriteConf && other instanceof RemoveRoot) {
          // The manifest forgets a host once nothing is left there.
          needs.add(j);
        } else if (change instanceof Prove && isStart(other, Role.WORKER)) {
          after.add(j);
        } else if (isStop(change, Role.MASTER) && isStop(other, Role.WORKER)) {
          after.add(j);
        }
      }
      waits.add(new Waits(needs, after));
    }
    return List.copyOf(waits);
  }

  private static boolean isStart(Change change, Role role) {
    return change instanceof StartDaemon start && start.role() == role;
  }

  private static boolean isStop(Change change, Role role) {
    return change instanceof StopDaemon stop && stop.role() == role;
  }
}
