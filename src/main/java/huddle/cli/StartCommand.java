package huddle.cli;

import huddle.plan.Goal;
import picocli.CommandLine.Command;

/// `huddle start`: up again after `stop`.
@Command(
    name = "start",
    description = "Start what `huddle stop` stopped; the same as up.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle start                     the whole cluster",
      "  huddle start --host worker.two   one host's daemons"
    })
final class StartCommand extends UpAgain {
  StartCommand(Context context) {
    super(context, "start");
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    return converge(session, new Goal.Up());
  }
}
