package huddle.change;

import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spark.Daemon;
import huddle.spark.DaemonCommand;
import huddle.spark.HostSettings;
import huddle.spec.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Starts a daemon, after stopping the one that runs with other settings.
public record StartDaemon(HostSettings settings, Role role, Verb verb, String reason)
    implements Change {
  /// How long a JVM may take to listen on a machine that starts several at once.
  private static final int LISTEN_SECONDS = 180;

  @Override
  public String host() {
    return settings.host();
  }

  @Override
  public String kind() {
    return role.word();
  }

  @Override
  public String summary() {
    return Daemon.of(role).summary(settings);
  }

  /// The ports the daemon must listen on, its own first.
  public List<Integer> ports() {
    return Daemon.of(role).listens(settings).stream().map(Daemon.Listen::port).toList();
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    if (verb == Verb.RESTART) {
      actions.addAll(new StopDaemon(host(), settings.root(), role, reason).actions());
    }
    if (role == Role.WORKER) {
      actions.add(new Action.AwaitNoWorker(settings));
    }
    DaemonCommand command = DaemonCommand.of(settings, role);
    Script start =
        Script.resource(Change.class, "start-daemon")
            .after(Script.resource(Change.class, "environment"))
            .with("ROOT", settings.root())
            .with("ROLE", role.word())
            .with("SPARK_HOME", settings.sparkHome())
            .with("FOLDER", command.folder())
            .with(
                "ENVIRONMENT",
                command.environment().entrySet().stream()
                    .map(e -> "export " + e.getKey() + "=" + ShellWord.quote(e.getValue()))
                    .sorted()
                    .collect(Collectors.joining("\n")))
            .with(
                "COMMAND",
                command.words().stream().map(ShellWord::quote).collect(Collectors.joining(" ")))
            .with("DIRS", command.environment().getOrDefault("SPARK_LOCAL_DIRS", ""))
            .with("FOLDERS", String.join("\n", Daemon.of(role).folders(settings)));
    actions.add(new Action.StartDaemon(start, settings, role));
    Script await =
        Script.resource(Change.class, "await-ports")
            .with("ROOT", settings.root())
            .with("ROLE", role.word())
            .with("PORTS", ports().stream().map(String::valueOf).collect(Collectors.joining(" ")))
            .with("SOCKET", Daemon.of(role).socket().map(settings::path).orElse(""))
            .with("ONLY", Daemon.of(role).listensNowhereElse() ? "yes" : "")
            .with("SECONDS_LEFT", Integer.toString(LISTEN_SECONDS));
    actions.add(new Action.RunScript(await, Duration.ofSeconds(LISTEN_SECONDS + 30)));
    switch (role) {
      case MASTER -> actions.add(new Action.AwaitMaster(settings.master().url()));
      case WORKER -> actions.add(new Action.AwaitWorker(settings));
      // Whoever reaches the port of one of these is served.
      case HISTORY, CONNECT, THRIFT, NOTEBOOK -> {}
    }
    return List.copyOf(actions);
  }
}
