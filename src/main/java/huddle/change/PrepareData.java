package huddle.change;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spec.ClusterSpec;
import java.time.Duration;
import java.util.List;

/// Makes the folder that has the same files on every host.
///
/// @param folder absolute; the usual one is a link to a folder below the root
public record PrepareData(String host, String root, String folder, String cluster, String reason)
    implements Change {
  @Override
  public String kind() {
    return "data";
  }

  @Override
  public Verb verb() {
    return Verb.ADD;
  }

  @Override
  public String summary() {
    return "data folder " + folder;
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.RunScript(script(root, folder, cluster), Duration.ofSeconds(30)));
  }

  /// What makes it.
  public static Script script(String root, String folder, String cluster) {
    return Script.resource(Change.class, "prepare-data")
        .with("ROOT", root)
        .with("DATA", folder)
        .with("LINK", folder.equals(ClusterSpec.usualData(cluster)) ? "yes" : "no");
  }

  /// Why the script failed, by its last word.
  public static Failure failed(String host, String stderr) {
    String text = stderr.strip();
    String last = text.substring(text.lastIndexOf('\n') + 1);
    return new Failure(
        host,
        last,
        last.contains("not installed")
            ? "run `huddle up`"
            : "make the folder there for this login, or choose another with `data:` in the file",
        stderr);
  }
}
