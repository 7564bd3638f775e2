package huddle.change;

import java.util.List;

/// Puts a Python environment below the root: packages, on an interpreter of the host.
///
/// @param action what it consists of
/// @param summary `Python 3.11 with pandas 2.3.3, pyarrow 26.0.1 and 4 more`
public record InstallPython(
    String host, Action.UnpackPython action, String summary, Verb verb, String reason)
    implements Change {
  @Override
  public String kind() {
    return "python";
  }

  @Override
  public List<Action> actions() {
    return List.of(action);
  }
}
