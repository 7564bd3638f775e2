package huddle.cli;

import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.notebook.OpenNotebooks;
import huddle.spark.MasterState;
import huddle.spec.Host;
import huddle.spec.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The notebook server that runs, for commands that look at it.
///
/// @param notebooks what is open there
/// @param master what the Master says; empty if it does not answer
record NotebookServer(OpenNotebooks notebooks, Optional<MasterState> master) {
  /// Empty if none runs.
  static Optional<NotebookServer> find(ClusterSession session) throws InterruptedException {
    List<Host> all = session.spec().hosts();
    String place = session.spec().placeOf(Role.NOTEBOOK);
    Host host = all.stream().filter(one -> one.name().equals(place)).findFirst().orElseThrow();
    Set<Host> asked = new LinkedHashSet<>(List.of(all.getFirst(), host));
    session.hosts().open(List.copyOf(asked));
    Failure unreachable = session.hosts().failures().get(place);
    if (unreachable != null) {
      throw unreachable;
    }
    HostFacts facts =
        new FactsGatherer(session.context().clock())
            .gather(session.hosts().connection(place), host);
    if (!facts.installed().running().containsKey(Role.NOTEBOOK)) {
      return Optional.empty();
    }
    return Optional.of(
        new NotebookServer(
            new OpenNotebooks(session.hosts().connection(place), facts.installed().root()),
            session.hosts().find(session.hosts().master()).isEmpty()
                ? Optional.empty()
                : session.hosts().masterClient().state()));
  }
}
