package huddle.plan;

import huddle.change.Action;
import huddle.spark.ConfFile;
import huddle.spark.MasterState;
import java.util.List;
import java.util.Optional;

/// What a proof proved: this Master and these Workers, by identities that change with every start,
/// and the Python that ran on them.
public final class Proof {
  private Proof() {}

  /// The content of `run/proof`; empty if an expected Worker is not alive.
  ///
  /// @param master the Master's process: `pid:startTicks`
  /// @param python the name of the cluster's Python, which tells its packages
  public static Optional<String> of(
      String master, MasterState state, List<Action.Expected> expected, String python) {
    StringBuilder identity = new StringBuilder(master).append('\n').append(python);
    for (Action.Expected worker : expected) {
      Optional<MasterState.Worker> there =
          state.worker(worker.address(), worker.port()).filter(MasterState.Worker::isAlive);
      if (there.isEmpty()) {
        return Optional.empty();
      }
      identity.append('\n').append(there.get().id());
    }
    return Optional.of(ConfFile.sha256(identity.toString()));
  }
}
