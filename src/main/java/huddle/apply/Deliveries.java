package huddle.apply;

import huddle.plan.ClusterFacts;
import huddle.plan.Goal;
import huddle.plan.Offers;
import huddle.spec.ClusterSpec;

/// What the operator's machine can bring to hosts: found out before planning, fetched before
/// applying.
public interface Deliveries {
  /// What there is to offer. Asks the network for a few kilobytes at most, and only where a plan
  /// needs it.
  Offers offers(ClusterSpec spec, Goal goal, ClusterFacts facts);

  /// Fetches what the plan sends to hosts; everything is verified and in the cache afterwards.
  Payloads fetch(ClusterSpec spec, Convergence.Planned planned);
}
