package huddle.change;

import huddle.shell.Script;
import huddle.spec.ClusterSpec;
import java.time.Duration;
import java.util.List;

/// Removes everything this cluster has on a host.
///
/// @param dirs this cluster's folders in the scratch folders of the file
/// @param notebooks whether people's notebooks are in it
public record RemoveRoot(
    String host, String root, String cluster, List<String> dirs, boolean notebooks, String reason)
    implements Change {
  public RemoveRoot {
    dirs = List.copyOf(dirs);
  }

  @Override
  public String kind() {
    return "root";
  }

  @Override
  public Verb verb() {
    return Verb.REMOVE;
  }

  @Override
  public String summary() {
    return "folder %s with all it holds%s".formatted(root, notebooks ? ", notebooks too" : "");
  }

  @Override
  public List<Action> actions() {
    Script script =
        Script.resource(Change.class, "remove-root")
            .with("ROOT", root)
            .with("CLUSTER", cluster)
            .with("DATA", ClusterSpec.usualData(cluster))
            .with("DIRS", String.join("\n", dirs));
    return List.of(new Action.RunScript(script, Duration.ofMinutes(10)));
  }
}
