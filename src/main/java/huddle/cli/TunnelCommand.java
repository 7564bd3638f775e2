package huddle.cli;

import huddle.event.Failure;
import huddle.service.Probe;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.tunnel.Lifeline;
import huddle.tunnel.TcpTunnel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// A command that leads to a service on the Master's host: starts it if it does not run, opens a
/// port of this machine that leads to it, says how to use that, and stays until Ctrl-C.
abstract class TunnelCommand extends ClusterCommand {
  /// Two JVMs on a machine that is busy.
  private static final Duration READY = Duration.ofMinutes(10);

  private static final Duration ANSWER = Duration.ofSeconds(60);

  @Option(names = "--detach", description = "Keep the tunnel in the background, and return.")
  boolean detach;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of this machine; default: one that is free.")
  int port;

  private final Role service;

  TunnelCommand(Context context, Role service) {
    super(context);
    this.service = service;
  }

  /// Its port on the host.
  abstract int servicePort(ClusterSession session);

  abstract Probe probe(OnDemand.Serving serving);

  /// What is said, and what `--json` prints.
  ///
  /// @param local port of this machine
  abstract Announced announced(OnDemand.Serving serving, int local);

  /// How to use it, for people.
  abstract String help(Announced announced);

  @Override
  int run(ClusterSession session) throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new WrongInput("--port %d: write a port from 1 to 65535".formatted(port));
    }
    Detached detached = Detached.of(context, session.spec(), service.word());
    boolean leads = !detach || detached.isBackground();
    Optional<OnDemand.Serving> served = OnDemand.serve(session, service, command());
    if (served.isEmpty()) {
      return 1;
    }
    OnDemand.Serving serving = served.get();
    if (!leads) {
      // A tunnel that was opened before the secret changed knows the old token.
      if (detached.living().filter(living -> !living.holds(serving.token())).isPresent()) {
        detached.end();
      }
      Detached.Started started = detached.start(READY);
      started.announced().ifPresent(this::print);
      return started.announced().isPresent() ? 0 : started.exit();
    }
    Connection connection = serving.connection();
    Supplier<Connection.Channel> dial = () -> connection.dial("127.0.0.1", servicePort(session));
    probe(serving).ask(dial, connection.host(), ANSWER);
    try (TcpTunnel tunnel = TcpTunnel.open(port, dial, problem -> err().println(problem))) {
      Announced announced = announced(serving, tunnel.port());
      if (!detached.isBackground()) {
        print(announced);
      }
      try (Detached.Announcement _ = detached.announce(announced)) {
        Lifeline.usual().watch(connection, text -> err().println(text));
      } catch (InterruptedException e) {
        // How it is meant to end.
        return 0;
      }
    }
    throw Failure.on(connection.host(), "the tunnel ended", "run the command again");
  }

  /// How it ends.
  ///
  /// @param stop what stops the server
  String ending(String stop) {
    return detach
        ? "  the tunnel stays in the background; `%s` ends it and the server".formatted(stop)
        : "  Ctrl-C closes the tunnel; the server goes on until `%s`".formatted(stop);
  }

  private void print(Announced announced) {
    if (options.json) {
      out().print(announced.document());
      return;
    }
    out().println(announced.url());
    if (!options.quiet) {
      err().print(help(announced));
    }
  }
}
