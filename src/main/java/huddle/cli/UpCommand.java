package huddle.cli;

import huddle.plan.Goal;
import picocli.CommandLine.Command;

/// `huddle up`: makes the cluster what the file says, and proves it.
@Command(
    name = "up",
    description = "Make the cluster what the file says, and prove it with a real job.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle up                     what ./huddle.yaml says, or this machine alone",
      "  huddle up -f lab.yaml --yes   another file, without being asked",
      "  huddle up --json              one event a line, for other programs"
    })
final class UpCommand extends UpAgain {
  UpCommand(Context context) {
    super(context, "up");
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    return converge(session, new Goal.Up());
  }
}
