package huddle.plan;

import huddle.change.Change;
import huddle.change.StartDaemon;
import huddle.change.StopDaemon;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spark.Daemon;
import huddle.spark.DaemonCommand;
import huddle.spark.HostSettings;
import huddle.spark.MasterState;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which daemons of a host start, restart and stop.
///
/// @param asked the service that a command asks for
/// @param secretDigest of the cluster's secret, if it has one
record DaemonPlanner(
    Optional<MasterState> master,
    boolean restarted,
    Optional<Role> asked,
    Optional<String> secretDigest) {

  /// @param changes in the order of starts
  /// @param refusals services that cannot run; the host's other daemons go on
  record Daemons(List<Change> changes, List<Failure> refusals) {}

  Daemons of(HostSettings settings, HostFacts facts) {
    Installed installed = facts.installed();
    List<Change> changes = new ArrayList<>();
    List<Failure> refusals = new ArrayList<>();
    for (Role role : Role.values()) {
      Optional<Installed.Running> running = Optional.ofNullable(installed.running().get(role));
      if (!wants(settings, role, running.isPresent())) {
        running.ifPresent(daemon ->
            changes.add(
                new StopDaemon(settings.host(), installed.root(), role, needless(settings, role))));
        continue;
      }
      Optional<String> restart = running.flatMap(daemon -> restartReason(settings, role, daemon));
      if (running.isPresent() && restart.isEmpty()) {
        continue;
      }
      Optional<Failure> refusal =
          role.isService() ? Preflight.service(settings, facts, role) : Optional.empty();
      refusal.ifPresentOrElse(
          refusals::add,
          () ->
              changes.add(
                  new StartDaemon(
                      settings,
                      role,
                      restart.isPresent() ? Change.Verb.RESTART : Change.Verb.ADD,
                      restart.orElse("not running"))));
    }
    return new Daemons(changes, refusals);
  }

  /// A service that was started on demand goes on until the file says false.
  private boolean wants(HostSettings settings, Role role, boolean running) {
    if (!role.isService()) {
      return settings.roles().contains(role);
    }
    return settings.services().here().contains(role)
        && !settings.services().spec(role).isForbidden()
        && (settings.roles().contains(role) || running || asked.equals(Optional.of(role)));
  }

  private static String needless(HostSettings settings, Role role) {
    if (!role.isService()) {
      return "the file gives this host no " + role.title();
    }
    return settings.services().here().contains(role)
        ? "the file says `%s: false`".formatted(role.word())
        : "its place is another host";
  }

  private Optional<String> restartReason(
      HostSettings settings, Role role, Installed.Running running) {
    if (restarted) {
      return Optional.of("asked for");
    }
    String digest = DaemonCommand.digest(settings, role, secretDigest.orElse(""));
    if (!running.digest().equals(digest)) {
      return Optional.of("it runs with other settings");
    }
    List<Integer> ports =
        Daemon.of(role).listens(settings).stream().map(Daemon.Listen::port).toList();
    if (!running.ports().containsAll(ports)) {
      return Optional.of("it listens on other ports");
    }
    if (role == Role.WORKER
        && master.filter(MasterState::isAlive).isPresent()
        && !lists(settings)) {
      return Optional.of("the Master does not list it as alive");
    }
    if (master.filter(state -> state.hasLost(role)).isPresent()) {
      return Optional.of("its Application has ended");
    }
    return Optional.empty();
  }

  private boolean lists(HostSettings settings) {
    return master
        .flatMap(state -> state.worker(settings.address(), settings.ports().worker()))
        .filter(MasterState.Worker::isAlive)
        .isPresent();
  }
}
