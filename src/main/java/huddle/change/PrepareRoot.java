package huddle.change;

import huddle.shell.Script;
import java.time.Duration;
import java.util.List;

/// Makes the install root, marked as Huddle's so that nothing else is ever removed.
public record PrepareRoot(String host, String root, String cluster) implements Change {
  @Override
  public String kind() {
    return "root";
  }

  @Override
  public Verb verb() {
    return Verb.ADD;
  }

  @Override
  public String summary() {
    return "folder " + root;
  }

  @Override
  public String reason() {
    return "not there";
  }

  @Override
  public List<Action> actions() {
    Script script =
        Script.resource(Change.class, "prepare-root").with("ROOT", root).with("CLUSTER", cluster);
    return List.of(new Action.RunScript(script, Duration.ofSeconds(30)));
  }
}
