package huddle.cli;

import huddle.apply.ClusterLock;
import huddle.apply.Convergence;
import huddle.event.Printable;
import huddle.notebook.OpenNotebook;
import huddle.notebook.OpenNotebooks;
import huddle.plan.Goal;
import huddle.spec.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `huddle notebook stop`: ends kernels, or all of it.
@Command(
    name = "stop",
    description =
        "End notebooks' kernels and their Applications; without a name all of them, and JupyterLab.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle notebook stop fish.ipynb   this notebook's kernel and Application",
      "  huddle notebook stop              every kernel, JupyterLab and the tunnel"
    })
final class NotebookStopCommand extends NotebookSubcommand {
  @Parameters(
      paramLabel = "NOTEBOOK",
      arity = "0..*",
      description = "As `huddle notebook list` names it, or a kernel's id; default: all.")
  List<String> names = List.of();

  NotebookStopCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "notebook stop";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    return names.isEmpty() ? stopAll(session) : stop(session);
  }

  private int stop(ClusterSession session) throws InterruptedException {
    Optional<NotebookServer> server = NotebookServer.find(session);
    session.settle();
    if (server.isEmpty()) {
      err().println("No notebook server runs.");
      return 1;
    }
    OpenNotebooks.Stopped stopped = server.get().notebooks().stop(names);
    for (OpenNotebook notebook : stopped.stopped()) {
      out().println("stopped " + Printable.line(notebook.name()));
    }
    if (stopped.unknown().isEmpty()) {
      return 0;
    }
    String open =
        server.get().notebooks().list().stream()
            .map(OpenNotebook::name)
            .limit(10)
            .collect(Collectors.joining(", "));
    err()
        .println(
            "not open: %s; open %s"
                .formatted(
                    Printable.line(String.join(", ", stopped.unknown())),
                    open.isEmpty() ? "is none" : "are " + Printable.line(open)));
    return 1;
  }

  private int stopAll(ClusterSession session) throws InterruptedException {
    if (!MasterLock.reach(session)) {
      throw session.hosts().failures().values().iterator().next();
    }
    Convergence.Outcome outcome;
    try (ClusterLock lock = MasterLock.take(session, command())) {
      outcome =
          session.convergence().run(new Goal.NotServing(Role.NOTEBOOK), Set.of(), planned -> true);
      lock.verify();
    }
    Detached.of(context, session.spec(), Role.NOTEBOOK.word()).end();
    return finish(
        session,
        outcome,
        outcome.planned().plan().isEmpty() ? "nothing to do: no notebook server runs" : "stopped");
  }
}
