package huddle.change;

import huddle.shell.Script;
import huddle.spec.Role;
import java.time.Duration;
import java.util.List;

/// Stops a Master or Worker of this cluster with everything it started: asks, waits, then ends it.
public record StopDaemon(String host, String root, Role role, String reason) implements Change {
  @Override
  public String kind() {
    return role.word();
  }

  @Override
  public Verb verb() {
    return Verb.REMOVE;
  }

  @Override
  public String summary() {
    return role == Role.MASTER ? "Master and its drivers" : "Worker and its executors";
  }

  @Override
  public List<Action> actions() {
    Script script =
        Script.resource(Change.class, "stop-daemon").with("ROOT", root).with("ROLE", role.word());
    return List.of(new Action.RunScript(script, Duration.ofSeconds(90)));
  }
}
