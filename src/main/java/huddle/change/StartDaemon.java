package huddle.change;

import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spark.DaemonCommand;
import huddle.spark.HostSettings;
import huddle.spark.Sizing;
import huddle.spec.MemorySize;
import huddle.spec.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Starts a Master or a Worker, after stopping the one that runs with other settings.
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
    return switch (role) {
      case MASTER -> "Master at " + settings.master().url();
      case WORKER ->
          "Worker with %d %s and %s"
              .formatted(
                  settings.worker().cores(),
                  settings.worker().cores() == 1 ? "core" : "cores",
                  new MemorySize(Math.max(1, settings.worker().memoryMiB())));
    };
  }

  /// The ports the daemon must listen on, its own first.
  public List<Integer> ports() {
    return switch (role) {
      case MASTER -> List.of(settings.ports().master(), settings.ports().masterUi());
      case WORKER -> List.of(settings.ports().worker(), settings.ports().workerUi());
    };
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
            .with("MAIN_CLASS", command.mainClass())
            .with("OPTIONS", command.options())
            .with("HEAP", Sizing.DAEMON_MIB + "m")
            .with(
                "ENVIRONMENT",
                command.environment().entrySet().stream()
                    .map(e -> "export " + e.getKey() + "=" + ShellWord.quote(e.getValue()))
                    .sorted()
                    .collect(Collectors.joining("\n")))
            .with(
                "ARGUMENTS",
                command.arguments().stream().map(ShellWord::quote).collect(Collectors.joining(" ")))
            .with("DIRS", command.environment().getOrDefault("SPARK_LOCAL_DIRS", ""));
    actions.add(new Action.StartDaemon(start, settings, role));
    Script await =
        Script.resource(Change.class, "await-ports")
            .with("ROOT", settings.root())
            .with("ROLE", role.word())
            .with("PORTS", ports().stream().map(String::valueOf).collect(Collectors.joining(" ")))
            .with("SECONDS_LEFT", Integer.toString(LISTEN_SECONDS));
    actions.add(new Action.RunScript(await, Duration.ofSeconds(LISTEN_SECONDS + 30)));
    actions.add(
        switch (role) {
          case MASTER -> new Action.AwaitMaster(settings.master().url());
          case WORKER -> new Action.AwaitWorker(settings);
        });
    return List.copyOf(actions);
  }
}
