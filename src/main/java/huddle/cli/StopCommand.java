package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.apply.Convergence;
import huddle.event.Count;
import huddle.plan.Goal;
import huddle.spark.MasterState;
import huddle.spec.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `huddle stop`: nothing runs, everything stays installed.
@Command(
    name = "stop",
    description = "Stop every daemon, or one service; what is installed stays.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle stop                     the whole cluster",
      "  huddle stop connect             the Spark Connect server and its tunnel",
      "  huddle stop --host worker.two   one host's daemons"
    })
final class StopCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..1",
      description = "connect, thrift, history or notebook; default: all that runs.")
  String service = "";

  StopCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "stop";
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Goal goal = goal();
    Convergence.Outcome outcome;
    if (!MasterLock.reach(session)) {
      // The others are stopped all the same; only the lock cannot be taken.
      outcome = stop(session, goal);
    } else {
      try (ClusterLock lock = MasterLock.take(session, command())) {
        outcome = stop(session, goal);
        lock.verify();
      }
    }
    if (!outcome.agreed()) {
      err().println("Nothing was changed.");
      return 1;
    }
    if (goal instanceof Goal.NotServing one) {
      Detached.of(context, session.spec(), one.service().word()).end();
    } else if (options.only().isEmpty()) {
      Background.end(session);
    }
    return finish(
        session,
        outcome,
        outcome.planned().plan().isEmpty()
            ? "nothing to do: %s runs".formatted(service.isEmpty() ? "nothing" : "no " + service)
            : "stopped");
  }

  private Goal goal() {
    if (service.isEmpty()) {
      return new Goal.Stopped();
    }
    return Role.SERVICES.stream()
        .filter(role -> role.word().equals(service))
        .findFirst()
        .map(Goal.NotServing::new)
        .orElseThrow(() ->
            new WrongInput(
                "\"%s\" is no service; write one of %s, or nothing to stop all"
                    .formatted(
                        service,
                        Role.SERVICES.stream().map(Role::word).collect(Collectors.joining(", ")))));
  }

  private Convergence.Outcome stop(ClusterSession session, Goal goal) throws InterruptedException {
    return session.convergence().run(goal, options.only(), planned -> agrees(session, planned));
  }

  private boolean agrees(ClusterSession session, Convergence.Planned planned) {
    show(session, planned);
    List<MasterState.Application> running =
        planned.facts().master().map(MasterState::applications).orElse(List.of());
    return !service.isEmpty()
        || running.isEmpty()
        || !asks()
        || prompt(Optional.empty())
            .yes(
                running.size() == 1
                    ? "An Application is running and will be ended. Stop?"
                    : Count.of(running, "Application") + " are running and will be ended. Stop?");
  }
}
