package huddle.apply;

import huddle.event.Count;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.spark.MasterState;
import huddle.spec.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Waits until a cluster can change its secret without ending anything: until no Application and no
/// driver of cluster mode is there. Services of Huddle's own start again by themselves, so one that
/// holds no executor counts for nothing.
public final class Idleness {
  private static final Set<String> SERVICES = Set.of(Role.CONNECT.title(), Role.THRIFT.title());

  private final Hosts hosts;
  private final Events events;

  public Idleness(Hosts hosts, Events events) {
    this.hosts = hosts;
    this.events = events;
  }

  /// Back when it is so; at once where no Master answers.
  ///
  /// @throws Failure if Applications are still there when the bound has passed
  public void await(Duration bound) throws InterruptedException {
    Optional<MasterState> state = hosts.masterClient().state();
    if (state.isEmpty() || isIdle(state.get())) {
      return;
    }
    events.report(
        new Event.Note(
            hosts.master(),
            "waiting up to %d min for %s".formatted(bound.toMinutes(), running(state.get()))));
    if (new Waits(hosts).until(bound, Idleness::isIdle).isEmpty()) {
      throw Failure.on(
          hosts.master(),
          "after %d min it still has %s"
              .formatted(
                  bound.toMinutes(),
                  hosts.masterClient().state().map(Idleness::running).orElse("no Master")),
          "run `huddle secrets rotate` again when they have ended, with a longer --wait, or with --now, which ends them");
    }
  }

  static boolean isIdle(MasterState state) {
    return state.drivers() == 0 && busy(state).isEmpty();
  }

  private static List<MasterState.Application> busy(MasterState state) {
    return state.applications().stream()
        .filter(application -> application.cores() > 0 || !SERVICES.contains(application.name()))
        .toList();
  }

  private static String running(MasterState state) {
    List<MasterState.Application> busy = busy(state);
    if (busy.isEmpty()) {
      return Count.of(state.drivers(), "driver") + " of cluster mode";
    }
    String names =
        busy.stream()
            .limit(5)
            .map(application ->
                "%s (%s, %s, %s)"
                    .formatted(
                        application.name(),
                        application.id(),
                        application.user(),
                        Count.of(application.cores(), "core")))
            .collect(Collectors.joining(", "));
    return busy.size() > 5 ? names + " and %d more".formatted(busy.size() - 5) : names;
  }
}
