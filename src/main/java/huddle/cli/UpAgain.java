package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.apply.Convergence;
import huddle.change.Change;
import huddle.change.RemoveRoot;
import huddle.event.Event;
import huddle.event.Failure;
import huddle.plan.Goal;
import huddle.spec.ClusterSpec;
import huddle.ui.Hints;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// A command after which the cluster is up and proven.
abstract class UpAgain extends ClusterCommand {
  private final String command;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "The cluster's name: agrees to remove hosts that the file no longer names.")
  Optional<String> confirm = Optional.empty();

  UpAgain(Context context, String command) {
    super(context);
    this.command = command;
  }

  @Override
  final String command() {
    return command;
  }

  @Override
  boolean streams() {
    return true;
  }

  /// Runs to a goal at which the cluster is up; the exit code.
  int converge(ClusterSession session, Goal goal) throws InterruptedException {
    if (!MasterLock.reach(session)) {
      return finish(session, session.convergence().run(goal, options.only(), planned -> false), "");
    }
    try (ClusterLock lock = MasterLock.take(session, command())) {
      Convergence.Outcome outcome =
          session.convergence().run(goal, options.only(), planned -> agrees(session, planned));
      if (!outcome.agreed()) {
        err().println("Nothing was changed.");
        return 1;
      }
      lock.verify();
      if (outcome.failures().isEmpty()) {
        collectEventLogs(session);
      }
      boolean changed = !outcome.planned().plan().isEmpty();
      int exit = finish(session, outcome, changed ? claim() : "nothing to do: " + claim());
      if (exit == 0) {
        afterwards(session);
      }
      return exit;
    }
  }

  /// Drivers in cluster mode write theirs where they run; the History Server is on one host.
  private static void collectEventLogs(ClusterSession session) throws InterruptedException {
    for (Failure failure : session.eventLogs().collect()) {
      session
          .events()
          .report(new Event.Warning(failure.host().orElse(""), failure.what(), failure.remedy()));
    }
  }

  /// What may be said after success: of the whole cluster only if all of it was looked at.
  private String claim() {
    return options.only().isEmpty()
        ? "the cluster is up and proven"
        : String.join(", ", options.only()) + " is as the file says";
  }

  /// Whether to go on with a plan, after all that has to be asked or waited for.
  boolean agrees(ClusterSession session, Convergence.Planned planned) {
    show(session, planned);
    List<Change> removals =
        planned.plan().changes().stream().filter(RemoveRoot.class::isInstance).toList();
    ClusterSpec spec = session.spec();
    if (!removals.isEmpty()) {
      String hosts = String.join(", ", removals.stream().map(Change::host).toList());
      return prompt(confirm)
          .typed(
              "This removes " + hosts + " from the cluster, with all it has there.", spec.name());
    }
    // On this machine alone there is nothing to lose; elsewhere a person looks at the plan first.
    return !asks() || spec.equals(ClusterSpec.local()) || prompt(confirm).yes("Apply this plan?");
  }

  private void afterwards(ClusterSession session) {
    if (options.json || options.quiet) {
      return;
    }
    String file = options.file.isEmpty() ? "" : " -f " + options.file;
    session
        .hosts()
        .masterClient()
        .state()
        .ifPresent(state -> err().print("  Master  %s%n".formatted(state.url())));
    err()
        .print(
            new Hints(
                    List.of(
                        new Hints.Hint(
                            "huddle submit%s app.py".formatted(file),
                            "runs a program on the cluster"),
                        new Hints.Hint("huddle open" + file, "shows its pages in a browser"),
                        new Hints.Hint("huddle stop" + file, "stops it; up starts it again")))
                .render(err().style(), err().columns()));
  }
}
