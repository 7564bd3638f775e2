package huddle;

import huddle.cli.Cli;
import huddle.cli.Context;
import huddle.cli.Interrupts;
import huddle.ssh.Connectors;
import huddle.ssh.SshClient;
import huddle.ui.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The process: the only place that ends it.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    List<String> arguments = List.of(args);
    Terminal terminal =
        Terminal.of(
            environment,
            arguments.contains("--no-color"),
            new Terminal.Streams(System.in, System.out, System.err));
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
    Context context =
        new Context(
            terminal,
            environment,
            home,
            Path.of("").toAbsolutePath(),
            InstantSource.system(),
            (knownHosts, events) ->
                new Connectors(SshClient.system(knownHosts, environment), environment, events));
    Interrupts.toThread(
        Thread.currentThread(), terminal::isAsking, () -> System.exit(Cli.INTERRUPTED));
    int exit = Cli.run(context, arguments);
    System.exit(exit);
  }
}
