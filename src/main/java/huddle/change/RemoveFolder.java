package huddle.change;

import huddle.shell.Script;
import java.time.Duration;
import java.util.List;

/// Removes what is no longer used below the root: an older Spark or Java, a half-made folder.
public record RemoveFolder(String host, String root, String folder, String kind, String reason)
    implements Change {
  @Override
  public Verb verb() {
    return Verb.REMOVE;
  }

  @Override
  public String summary() {
    return folder;
  }

  @Override
  public List<Action> actions() {
    Script script =
        Script.resource(Change.class, "remove-folder").with("ROOT", root).with("FOLDER", folder);
    return List.of(new Action.RunScript(script, Duration.ofMinutes(5)));
  }
}
