package huddle.cli;

import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.spark.MasterState;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.web.ClusterPlaces;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One of the cluster's pages, as words of a command line.
///
/// @param page `master`, `app`, `worker` or `history`
/// @param name the Application's id, or the Worker's host; may be empty
record WantedPage(String page, String name) {
  /// @throws WrongInput if no cluster like this one has such a page
  void check(ClusterSpec spec) {
    switch (page) {
      case "master", "history", "app" -> {}
      case "worker" -> {
        List<String> workers =
            spec.hosts().stream().filter(host -> host.is(Role.WORKER)).map(Host::name).toList();
        if (!workers.contains(name)) {
          throw new WrongInput(
              (name.isEmpty() ? "Name the Worker's host" : name + " is no Worker's host")
                  + "; the cluster has "
                  + workers.stream().limit(10).collect(Collectors.joining(", ")));
        }
      }
      default ->
          throw new WrongInput(
              "there is no page %s; there are master, app, worker, history and notebook"
                  .formatted(page));
    }
    if (!name.isEmpty() && (page.equals("master") || page.equals("history"))) {
      throw new WrongInput("`open " + page + "` takes no name");
    }
  }

  /// Its path at the gateway; for history, at its own, which is started if need be. Empty if there
  /// is none, which has been said.
  Optional<String> path(ClusterSession session, ClusterPlaces places) throws InterruptedException {
    if (page.equals("history")) {
      return OnDemand.serve(session, Role.HISTORY, "open").map(_ -> "/");
    }
    session.step("Looking for the page");
    ClusterFacts facts = places.learn();
    MasterState state =
        facts
            .master()
            .orElseThrow(() ->
                facts.unreachable().isEmpty()
                    ? Failure.on(
                        session.hosts().master(), "no Master of this cluster runs", "`huddle up`")
                    : facts.unreachable().values().iterator().next());
    return Optional.of(
        switch (page) {
          case "app" -> "/proxy/" + application(state) + "/";
          case "worker" ->
              ClusterPlaces.workerPath(facts, session.spec(), name)
                  .orElseThrow(() ->
                      Failure.on(
                          name, "the Master knows no Worker there", "`huddle up` starts it"));
          default -> "/";
        });
  }

  private String application(MasterState state) {
    if (name.isEmpty()) {
      return state.applications().stream()
          .max(Comparator.comparingLong(MasterState.Application::startedEpochMillis))
          .map(MasterState.Application::id)
          .orElseThrow(() ->
              Failure.of("no Application is running", "`huddle open history` shows ended ones"));
    }
    return state.applications().stream()
        .map(MasterState.Application::id)
        .filter(name::equals)
        .findFirst()
        .orElseThrow(() ->
            Failure.of(
                "no Application %s is running".formatted(name),
                "`huddle status` shows what runs, `huddle open history` what ended"));
  }
}
