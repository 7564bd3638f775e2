package huddle.cli;

import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.plan.Planner;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Connection;
import java.util.List;

/// The folder of the notebooks, on the host that is its place, whether JupyterLab runs or not.
///
/// @param path absolute
/// @param root the cluster's folder there, as in the file
record NotebookFolder(Connection connection, String root, String path) {
  /// @throws Failure if the host cannot be reached, or has no cluster
  static NotebookFolder find(ClusterSession session) throws InterruptedException {
    String place = session.spec().placeOf(Role.NOTEBOOK);
    Host host =
        session.spec().hosts().stream()
            .filter(one -> one.name().equals(place))
            .findFirst()
            .orElseThrow();
    session.hosts().open(List.of(host));
    Failure unreachable = session.hosts().failures().get(place);
    if (unreachable != null) {
      throw unreachable;
    }
    Connection connection = session.hosts().connection(place);
    HostFacts facts = new FactsGatherer(session.context().clock()).gather(connection, host);
    if (facts.installed().manifest().isEmpty()) {
      throw Failure.on(place, "the cluster is not there", "run `huddle up`");
    }
    return new NotebookFolder(
        connection, host.root(), Planner.notebookFolder(session.spec(), facts));
  }
}
