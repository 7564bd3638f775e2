package huddle.plan;

import huddle.change.Action;
import huddle.change.Change;
import huddle.change.InstallPython;
import huddle.change.Prove;
import huddle.change.StartDaemon;
import huddle.facts.Installed;
import huddle.spark.HostSettings;
import huddle.spark.MasterState;
import huddle.spec.Role;
import java.util.List;
import java.util.Optional;

/// Whether the cluster is to be proven again.
///
/// @param installed on the Master's host
/// @param master what the Master says, if one runs
/// @param changes all that the plan makes before
record ProofPlanner(Installed installed, Optional<MasterState> master, List<Change> changes) {
  /// @param expected the Workers that take part; without any there is nothing to prove
  Optional<Change> change(HostSettings atMaster, List<Action.Expected> expected) {
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> now = now(atMaster, expected);
    if (now.isPresent() && now.equals(installed.proof().map(String::strip))) {
      return Optional.empty();
    }
    return Optional.of(new Prove(atMaster, expected, reason()));
  }

  /// What would be proven of the processes that run; empty if others are about to.
  private Optional<String> now(HostSettings atMaster, List<Action.Expected> expected) {
    Installed.Running running = installed.running().get(Role.MASTER);
    return startsAnything() || running == null
        ? Optional.empty()
        : master.flatMap(state ->
            Proof.of(
                running.pid() + ":" + running.startTicks(),
                state,
                expected,
                atMaster.pythonCommand()));
  }

  private boolean startsAnything() {
    return changes.stream()
        .anyMatch(change -> change instanceof StartDaemon start && !start.role().isService());
  }

  private String reason() {
    if (installed.proof().isEmpty()) {
      return "not proven yet";
    }
    if (startsAnything()) {
      return "daemons started since the last proof";
    }
    // A host may have gone or come back, or a daemon started without Huddle: the digest is all
    // there
    // is of the last one.
    return changes.stream().anyMatch(InstallPython.class::isInstance)
        ? "other Python packages than at the last proof"
        : "other Master, Workers or Python than at the last proof";
  }
}
