package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.apply.Convergence;
import huddle.plan.Goal;
import huddle.spark.MasterState;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `huddle stop`: nothing runs, everything stays installed.
@Command(
    name = "stop",
    description = "Stop the Workers and the Master; what is installed stays.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle stop                     the whole cluster",
      "  huddle stop --host worker.two   one host's daemons"
    })
final class StopCommand extends ClusterCommand {
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
    Convergence.Outcome outcome;
    if (!MasterLock.reach(session)) {
      // The others are stopped all the same; only the lock cannot be taken.
      outcome = stop(session);
    } else {
      try (ClusterLock lock = MasterLock.take(session, command())) {
        outcome = stop(session);
        lock.verify();
      }
    }
    if (!outcome.agreed()) {
      err().println("Nothing was changed.");
      return 1;
    }
    if (options.only().isEmpty()) {
      Background.end(session);
    }
    return finish(
        session,
        outcome,
        outcome.planned().plan().isEmpty() ? "nothing to do: nothing runs" : "stopped");
  }

  private Convergence.Outcome stop(ClusterSession session) throws InterruptedException {
    return session
        .convergence()
        .run(new Goal.Stopped(), options.only(), planned -> agrees(session, planned));
  }

  private boolean agrees(ClusterSession session, Convergence.Planned planned) {
    show(session, planned);
    List<MasterState.Application> running =
        planned.facts().master().map(MasterState::applications).orElse(List.of());
    return running.isEmpty()
        || !asks()
        || prompt(Optional.empty())
            .yes(
                running.size() == 1
                    ? "An Application is running and will be ended. Stop?"
                    : running.size() + " Applications are running and will be ended. Stop?");
  }
}
