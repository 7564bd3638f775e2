package huddle.change;

import java.util.List;

/// Brings a Java runtime to a host that has no suitable one.
///
/// @param folder below the root
/// @param platform which of the offered runtimes
public record InstallJava(
    String host, String root, String folder, String version, String platform, String reason)
    implements Change {
  @Override
  public String kind() {
    return "java";
  }

  @Override
  public Verb verb() {
    return Verb.ADD;
  }

  @Override
  public String summary() {
    return "Java " + version;
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.UnpackJava(root, folder, platform));
  }
}
