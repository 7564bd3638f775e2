package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.apply.ClusterSecret;
import huddle.apply.Convergence;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.plan.Goal;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.ui.FailureView;
import huddle.ui.Surface;
import java.util.List;
import java.util.Optional;

/// A service that runs because a command asks for it: starts it where it does not, through the same
/// plan and runner as `up`.
final class OnDemand {
  private OnDemand() {}

  /// A service that runs, or could.
  ///
  /// @param connection to its host
  /// @param root of the cluster there
  /// @param spark the release that it runs
  /// @param token that it asks for
  record Serving(Connection connection, String root, String spark, String token) {
    @Override
    public String toString() {
      return "Serving[" + connection.host() + "]";
    }
  }

  /// Makes it run; empty if it could not, which has been said.
  ///
  /// @param command as in `huddle connect`, for whoever waits for the lock
  static Optional<Serving> serve(ClusterSession session, Role service, String command)
      throws InterruptedException {
    return reach(session, new Goal.Serving(service), service, command);
  }

  /// Brings what it needs, and does not start it; empty if it could not, which has been said.
  ///
  /// @param command as in `huddle submit`, for whoever waits for the lock
  static Optional<Serving> equip(ClusterSession session, Role service, String command)
      throws InterruptedException {
    return reach(session, new Goal.Equipped(service), service, command);
  }

  private static Optional<Serving> reach(
      ClusterSession session, Goal goal, Role service, String command) throws InterruptedException {
    Convergence convergence = session.convergence();
    Convergence.Planned planned = convergence.plan(goal, java.util.Set.of());
    List<Failure> failures = planned.plan().refusals();
    boolean runs = !planned.plan().isEmpty();
    if (runs) {
      try (ClusterLock lock = MasterLock.take(session, command)) {
        Convergence.Outcome outcome = convergence.run(goal, java.util.Set.of(), changes -> true);
        failures = outcome.failures();
        planned = outcome.planned();
        lock.verify();
      }
    }
    session.settle();
    if (!failures.isEmpty()) {
      String log = runs ? session.keep(failures) : session.keepRefusals(failures);
      Surface err = session.context().terminal().err();
      err.print(FailureView.render(failures, log, err.style()));
      return Optional.empty();
    }
    String place = session.spec().placeOf(service);
    String master = session.hosts().master();
    ClusterSecret secret =
        ClusterSecret.of(session.hosts().connection(master), root(planned, master));
    return Optional.of(
        new Serving(
            session.hosts().connection(place),
            root(planned, place),
            planned.offers().spark().toString(),
            secret.token(service)));
  }

  private static String root(Convergence.Planned planned, String host) {
    HostFacts facts = planned.facts().hosts().get(host);
    if (facts == null) {
      throw Failure.on(host, "it is not reached", "");
    }
    return facts.installed().root();
  }
}
