package huddle.cli;

import huddle.apply.Convergence;
import huddle.change.Change;
import huddle.event.Event;
import huddle.event.Failure;
import huddle.plan.Plan;
import huddle.ui.FailureView;
import huddle.ui.PlanText;
import huddle.ui.Prompt;
import huddle.ui.Surface;
import huddle.ui.TtyInput;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command about one cluster.
abstract class ClusterCommand implements Callable<Integer> {
  @Mixin SharedOptions options = new SharedOptions();

  final Context context;

  ClusterCommand(Context context) {
    this.context = context;
  }

  /// Name of the command, as typed.
  abstract String command();

  /// Whether `--json` writes an event a line, as commands do that change something.
  boolean streams() {
    return false;
  }

  /// Does it; the exit code.
  abstract int run(ClusterSession session) throws InterruptedException;

  @Override
  public Integer call() throws InterruptedException {
    try (ClusterSession session = ClusterSession.open(context, options, command(), streams())) {
      return run(session);
    }
  }

  Surface out() {
    return context.terminal().out();
  }

  Surface err() {
    return context.terminal().err();
  }

  Prompt prompt(Optional<String> confirm) {
    return new Prompt(
        context.terminal(),
        new Prompt.Answers(options.yes, options.noInput, confirm),
        new TtyInput());
  }

  /// Whether a person can be asked, and wants to be.
  boolean asks() {
    return context.terminal().canAsk() && !options.yes && !options.noInput && !options.json;
  }

  /// The plan for people, on standard error unless it is what was asked for.
  static String text(Plan plan, Surface surface) {
    List<PlanText.Line> lines =
        plan.changes().stream()
            .map(change ->
                new PlanText.Line(
                    change.host(), action(change.verb()), change.summary(), change.reason()))
            .toList();
    return new PlanText(lines).render(surface.style(), surface.columns());
  }

  private static PlanText.Action action(Change.Verb verb) {
    return switch (verb) {
      case ADD -> PlanText.Action.ADD;
      case CHANGE -> PlanText.Action.CHANGE;
      case REMOVE -> PlanText.Action.REMOVE;
      case RESTART -> PlanText.Action.RESTART;
    };
  }

  /// Shows a plan before it is carried out, with what it warns of, and who is left out of it:
  /// whoever agrees must know.
  void show(ClusterSession session, Convergence.Planned planned) {
    warn(session, planned.plan());
    if (!options.quiet && !options.json) {
      err().print(text(planned.plan(), err()));
      if (asks()) {
        err().print(FailureView.render(planned.plan().refusals(), "", err().style()));
      }
    }
  }

  static void warn(ClusterSession session, Plan plan) {
    for (Failure warning : plan.warnings()) {
      session
          .events()
          .report(new Event.Warning(warning.host().orElse(""), warning.what(), warning.remedy()));
    }
  }

  /// The end of a run that changes something: its last event, the whole output of failures in the
  /// log.
  int finish(ClusterSession session, Convergence.Outcome outcome, String done) {
    String log = session.keep(outcome.failures());
    List<String> failedHosts =
        outcome.failures().stream().flatMap(f -> f.host().stream()).distinct().toList();
    boolean failed = !outcome.failures().isEmpty();
    session
        .events()
        .report(
            new Event.Finished(
                session.spec().name(),
                failed ? command() + " did not succeed" : done,
                failedHosts,
                log));
    session.settle();
    return failed ? 1 : 0;
  }
}
