package huddle.change;

import huddle.shell.Script;
import huddle.spec.Role;
import java.time.Duration;
import java.util.List;

/// Stops a daemon of this cluster with everything it started: asks, waits, then ends it.
public record StopDaemon(String host, String root, Role role, String reason) implements Change {
  /// How long a daemon may take to end by itself, its executors with it.
  private static final int END_SECONDS = 30;

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
    return switch (role) {
      case MASTER -> "Master and its drivers";
      case WORKER -> "Worker and its executors";
      case NOTEBOOK -> "notebook server and its kernels";
      case HISTORY, CONNECT, THRIFT -> role.title();
    };
  }

  @Override
  public List<Action> actions() {
    Script script =
        Script.resource(Change.class, "stop-daemon")
            .with("ROOT", root)
            .with("ROLE", role.word())
            .with("SECONDS_LEFT", Integer.toString(END_SECONDS));
    return List.of(new Action.RunScript(script, Duration.ofSeconds(END_SECONDS + 60)));
  }
}
