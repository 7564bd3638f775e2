package huddle.change;

import huddle.spark.ConfFile;
import java.util.List;

/// Puts a Python environment below the root: packages, on an interpreter of the host.
///
/// @param action what it consists of
/// @param summary `Python 3.11 with pandas 2.3.3, pyarrow 26.0.1 and 4 more`
/// @param there whether it is there already and only its label differs: another request came to the
///   same packages
public record InstallPython(
    String host,
    Action.UnpackPython action,
    String summary,
    Verb verb,
    String reason,
    boolean there)
    implements Change {
  @Override
  public String kind() {
    return "python";
  }

  @Override
  public List<Action> actions() {
    return List.of(
        there
            ? new Action.WriteFiles(
                action.root(),
                List.of(new ConfFile(action.folder() + "/.huddle", action.identity(), "644")))
            : action);
  }
}
