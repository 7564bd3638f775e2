package huddle.cli;

import huddle.data.Push;
import huddle.data.PushPath;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `huddle notebook push`: notebooks of this machine, to the cluster.
@Command(
    name = "push",
    description = "Put notebooks of this machine to the others; what has that name is replaced.",
    footerHeading = "Examples:%n",
    footer = {"  huddle notebook push fish.ipynb images/   then `huddle notebook` shows them"})
final class NotebookPushCommand extends NotebookSubcommand {
  @Parameters(paramLabel = "PATH", arity = "1..*", description = "A file or folder here.")
  List<Path> paths = List.of();

  NotebookPushCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "notebook push";
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    List<PushPath> wanted = PushCommand.wanted(context.folder(), paths);
    NotebookFolder folder = NotebookFolder.find(session);
    Push push =
        new Push(
            new Push.Order(session.spec().name(), folder.path(), wanted),
            List.of(new Push.Target(folder.connection(), folder.root())),
            session.events());
    boolean whole = push.run().isEmpty();
    session.settle();
    if (whole && !options.json) {
      wanted.forEach(path -> out().println(folder.path() + "/" + path.name()));
    }
    return whole ? 0 : 1;
  }
}
