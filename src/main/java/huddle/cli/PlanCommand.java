package huddle.cli;

import huddle.apply.Convergence;
import huddle.json.Json;
import huddle.plan.Goal;
import huddle.plan.Plan;
import huddle.ui.FailureView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `huddle plan`: what `up` would do.
@Command(
    name = "plan",
    description = "Show what up would change, host by host; nothing is touched.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle plan                       for people",
      "  huddle plan --json                for programs",
      "  huddle plan --detailed-exitcode   exit code 3 if there is something to do"
    })
final class PlanCommand extends ClusterCommand {
  @Option(
      names = "--detailed-exitcode",
      description = "0: nothing to do, 3: changes, 1: a host failed.")
  boolean detailedExitCode;

  PlanCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "plan";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Convergence.Planned planned = session.convergence().plan(new Goal.Up(), options.only());
    Plan plan = planned.plan();
    warn(session, plan);
    session.settle();
    if (options.json) {
      out().print(Json.document(json(session.spec().name(), plan)));
    } else if (!plan.isEmpty() || plan.refusals().isEmpty()) {
      out().print(text(plan, out()));
    }
    if (!plan.refusals().isEmpty()) {
      String log = session.keepRefusals(plan.refusals());
      err().print(FailureView.render(plan.refusals(), log, err().style()));
      return 1;
    }
    return detailedExitCode && !plan.isEmpty() ? 3 : 0;
  }

  private static Map<String, Object> json(String cluster, Plan plan) {
    List<Map<String, Object>> changes =
        plan.changes().stream()
            .map(change -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("host", change.host());
              json.put("kind", change.kind());
              json.put("action", change.verb().word());
              json.put("summary", change.summary());
              json.put("reason", change.reason());
              return json;
            })
            .toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("cluster", cluster);
    json.put("changes", changes);
    return json;
  }
}
