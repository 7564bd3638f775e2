package huddle.cli;

import huddle.apply.Convergence;
import huddle.apply.Idleness;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.plan.Goal;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `huddle secrets rotate`: a new secret on every host.
@Command(
    name = "rotate",
    description = {
      "Give the cluster a new secret, and with it new tokens of its services.",
      "Spark knows one secret at a time: daemons restart, and Applications are waited for first."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  huddle secrets rotate            waits up to an hour for Applications to end",
      "  huddle secrets rotate --wait 5   up to five minutes",
      "  huddle secrets rotate --now      ends them"
    })
final class RotateCommand extends UpAgain {
  @Option(
      names = "--wait",
      paramLabel = "MINUTES",
      description = "How long to wait for Applications to end; default: ${DEFAULT-VALUE}.")
  int wait = 60;

  @Option(names = "--now", description = "Do not wait: Applications that run are ended.")
  boolean now;

  RotateCommand(Context context) {
    super(context, "secrets rotate");
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    if (!options.only().isEmpty()) {
      throw new WrongInput("--host: one secret is the whole cluster's; leave --host out");
    }
    if (wait < 1 || wait > 10_080) {
      throw new WrongInput("--wait %d: write minutes from 1 to 10080".formatted(wait));
    }
    return converge(
        session, new Goal.Rotated(now ? Optional.empty() : Optional.of(Duration.ofMinutes(wait))));
  }

  @Override
  boolean agrees(ClusterSession session, Convergence.Planned planned) {
    String master = session.spec().hosts().getFirst().name();
    HostFacts there = planned.facts().hosts().get(master);
    if (there != null && there.installed().secretDigest().isEmpty()) {
      throw Failure.on(
          master,
          "no cluster is installed there, so there is no secret to replace",
          "run `huddle up`");
    }
    if (!super.agrees(session, planned)) {
      return false;
    }
    if (!now) {
      try {
        new Idleness(session.hosts(), session.events()).await(Duration.ofMinutes(wait));
      } catch (InterruptedException e) {
        // The run that follows sees it and ends.
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }
}
