package huddle.plan;

import huddle.change.Change;
import huddle.change.InstallSpark;
import huddle.change.RemoveFolder;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.event.Failure;
import huddle.spec.ClusterSpec;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans one service on demand: of all that `up` would do, only what it needs, on a cluster that is
/// up.
final class ServicePlanner {
  private ServicePlanner() {}

  static Plan serving(ClusterSpec spec, ClusterFacts facts, Offers offers, Role service) {
    Plan up = new UpPlanner(spec, facts, offers, java.util.Set.of(), Optional.of(service)).plan();
    String place = spec.placeOf(service);
    String master = spec.hosts().getFirst().name();
    List<Failure> refusals = new ArrayList<>();
    for (Failure refusal : up.refusals()) {
      String host = refusal.host().orElse("");
      if (host.equals(place) || host.equals(master)) {
        refusals.add(refusal);
      }
    }
    if (refusals.isEmpty()) {
      refusal(spec, facts, up, service).ifPresent(refusals::add);
    }
    List<Change> changes =
        refusals.isEmpty()
            ? up.changes().stream().filter(change -> isNeeded(change, place, service)).toList()
            : List.of();
    return new Plan(changes, refusals, List.of());
  }

  /// What it needs, without its start.
  static Plan equipped(ClusterSpec spec, ClusterFacts facts, Offers offers, Role service) {
    Plan serving = serving(spec, facts, offers, service);
    List<Change> changes =
        serving.changes().stream().filter(change -> !(change instanceof StartDaemon)).toList();
    return new Plan(changes, serving.refusals(), serving.warnings());
  }

  private static Optional<Failure> refusal(
      ClusterSpec spec, ClusterFacts facts, Plan up, Role service) {
    String place = spec.placeOf(service);
    if (spec.service(service).isForbidden()) {
      return Optional.of(
          Failure.on(
              place,
              "the file says `%s: false`".formatted(service.word()),
              "take that out, or write `%s: true`".formatted(service.word())));
    }
    if (facts.master().isEmpty()) {
      return Optional.of(
          Failure.on(
              spec.hosts().getFirst().name(),
              "the cluster is not up: no Master answers",
              "run `huddle up`"));
    }
    return up.changes().stream()
        .filter(change -> change instanceof InstallSpark && change.host().equals(place))
        .findFirst()
        .map(change ->
            Failure.on(
                place,
                "the cluster does not run %s yet, which the file asks for"
                    .formatted(change.summary()),
                "run `huddle up`"));
  }

  private static boolean isNeeded(Change change, String place, Role service) {
    return change.host().equals(place)
        && switch (change) {
          case StartDaemon start -> start.role() == service;
          case StopDaemon _,
              RemoveFolder _,
              huddle.change.RemoveRoot _,
              huddle.change.Prove _,
              huddle.change.Drain _ ->
              false;
          case huddle.change.PrepareRoot _,
              InstallSpark _,
              huddle.change.InstallJava _,
              huddle.change.InstallPackages _,
              huddle.change.PrepareData _,
              huddle.change.InstallInterpreter _,
              huddle.change.InstallPython _,
              huddle.change.WriteConf _ ->
              true;
        };
  }
}
