package huddle.notebook;

import huddle.shell.ShellWord;
import java.util.List;
import java.util.stream.Collectors;

/// A notebook that is executed to its end on the notebook's host, in a "Spark" kernel of its own:
/// what its cells print comes out as it is printed, figures as their kind in brackets.
///
/// The exit code is 0, or 1 where a cell failed; then the last line of standard error is `cell 3 of
/// 8 failed: NameError: …`. The target is saved after each cell, also when one fails. The host
/// needs what `Goal.Equipped(NOTEBOOK)` brings, not the server itself.
///
/// @param root of the cluster on that host, absolute
/// @param source the notebook there, absolute
/// @param target where it is saved with its outputs, absolute; may be the source
/// @param folder that the kernel works in, absolute
/// @param name of the notebook, for the Application's name
public record NotebookRun(String root, String source, String target, String folder, String name) {
  /// The command, as quoted words: a program and its arguments. `HUDDLE_CELLS=1` before it makes it
  /// say on standard error which cell begins.
  public String words() {
    return List.of(
            "env",
            "HUDDLE_NOTEBOOK_NAME=" + name,
            root + "/bin/huddle-notebook",
            root + "/conf/notebook/run_notebook.py",
            source,
            target,
            folder)
        .stream()
        .map(ShellWord::quote)
        .collect(Collectors.joining(" "));
  }
}
