package huddle.cli;

import huddle.plan.Goal;
import huddle.spec.Host;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// `huddle restart`: the daemons afresh.
@Command(
    name = "restart",
    description = "Restart the Master and Workers, and prove the cluster again.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle restart                     every daemon",
      "  huddle restart --host worker.two   one host's daemons"
    })
final class RestartCommand extends UpAgain {
  RestartCommand(Context context) {
    super(context, "restart");
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Set<String> only = options.only();
    Set<String> all = session.spec().hosts().stream().map(Host::name).collect(Collectors.toSet());
    return converge(session, new Goal.Restarted(only.isEmpty() ? all : only));
  }
}
