package huddle.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/// A command below `huddle notebook`: `huddle notebook -f FILE list` means the same as `huddle
/// notebook list -f FILE`.
abstract class NotebookSubcommand extends ClusterCommand {
  @ParentCommand @Nullable NotebookCommand parent;

  NotebookSubcommand(Context context) {
    super(context);
  }

  @Override
  public final Integer call() throws InterruptedException {
    if (parent != null) {
      options.inherit(parent.options);
    }
    return super.call();
  }
}
