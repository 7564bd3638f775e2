package huddle.cli;

import huddle.data.Pull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle notebook pull`: notebooks of the cluster, here.
@Command(
    name = "pull",
    description =
        "Bring notebooks, and what lies beside them, here; what has that name is replaced.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle notebook pull fish.ipynb      into this folder",
      "  huddle notebook pull --to backup     all there is, into backup"
    })
final class NotebookPullCommand extends NotebookSubcommand {
  @Parameters(
      paramLabel = "NOTEBOOK",
      arity = "0..*",
      description = "A file or folder below the folder of the notebooks; default: all.")
  List<String> names = List.of();

  @Option(names = "--to", paramLabel = "DIR", description = "Where to; default: this folder.")
  Path to = Path.of("");

  NotebookPullCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "notebook pull";
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    Path here = PullCommand.folder(context.folder(), to, names);
    NotebookFolder folder = NotebookFolder.find(session);
    Pull pull = new Pull(folder.connection(), folder.path(), session.events());
    List<Path> arrived = new ArrayList<>();
    for (String name : names.isEmpty() ? List.of(".") : names) {
      arrived.add(pull.run(name, here));
    }
    session.settle();
    if (!options.json) {
      arrived.forEach(path -> out().println(path.toString()));
    }
    return 0;
  }
}
