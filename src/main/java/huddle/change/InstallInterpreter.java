package huddle.change;

import java.util.List;

/// Brings a Python interpreter to a host that has no suitable one.
///
/// @param folder below the root
/// @param version `3.13`, as far as it is known
/// @param platform which of the offered interpreters
public record InstallInterpreter(
    String host, String root, String folder, String version, String platform, String reason)
    implements Change {
  @Override
  public String kind() {
    return "python";
  }

  @Override
  public Verb verb() {
    return Verb.ADD;
  }

  @Override
  public String summary() {
    return "Python " + version;
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.UnpackInterpreter(root, folder, platform));
  }
}
