package huddle.cli;

import huddle.event.Event;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.tunnel.Lifeline;
import huddle.tunnel.LocalPort;
import huddle.tunnel.TcpTunnel;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `huddle notebook`: JupyterLab on the cluster, in the browser of this machine.
@Command(
    name = "notebook",
    description =
        "Open JupyterLab on the cluster in a browser; Ctrl-C closes the tunnel, the notebooks go on.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle notebook                   starts JupyterLab if need be, and opens it",
      "  huddle notebook --detach          keeps the tunnel in the background",
      "  huddle notebook list              what is open, with its Application",
      "  huddle notebook stop fish.ipynb   ends one notebook's kernel and Application",
      "  huddle notebook stop              ends all of them, and JupyterLab",
      "  huddle notebook pull fish.ipynb   brings it here; `push` puts it there"
    },
    subcommands = {
      NotebookListCommand.class,
      NotebookStopCommand.class,
      NotebookPullCommand.class,
      NotebookPushCommand.class
    })
final class NotebookCommand extends ClusterCommand {
  /// Some hundred MiB of packages may have to be fetched and sent first.
  private static final Duration READY = Duration.ofMinutes(30);

  @Option(names = "--no-browser", description = "Only print the address.")
  boolean noBrowser;

  @Option(names = "--detach", description = "Keep the tunnel in the background, and return.")
  boolean detach;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of this machine; default: one that is free.")
  int port;

  NotebookCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "notebook";
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new WrongInput("--port %d: write a port from 1 to 65535".formatted(port));
    }
    Detached detached = Detached.of(context, session.spec(), Role.NOTEBOOK.word());
    if (detach && !detached.isBackground()) {
      Detached.Started started = detached.start(READY);
      started.announced().ifPresent(this::show);
      return started.announced().isPresent() ? 0 : started.exit();
    }
    checkPort();
    Optional<OnDemand.Serving> served = OnDemand.serve(session, Role.NOTEBOOK, command());
    return served.isPresent() ? lead(session, served.get(), detached) : 1;
  }

  /// Before anything is started for nothing.
  private void checkPort() {
    if (port == 0) {
      return;
    }
    try {
      LocalPort.listen(port).close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int lead(ClusterSession session, OnDemand.Serving serving, Detached detached)
      throws InterruptedException {
    Connection connection = serving.connection();
    String socket = serving.root() + "/run/notebook.sock";
    Supplier<Connection.Channel> dial = () -> connection.dialSocket(socket);
    Consumer<String> says = text -> session.events().report(new Event.Note("", text));
    try (TcpTunnel tunnel = TcpTunnel.open(port, dial, says)) {
      Announced announced = announced(tunnel.port(), serving.token());
      try (Detached.Announcement _ = detached.announce(announced)) {
        if (!detached.isBackground()) {
          show(announced);
        }
        Lifeline.usual().watch(connection, says);
        return 0;
      } catch (InterruptedException e) {
        // How it is meant to end.
        if (!detached.isBackground() && !options.json && !options.quiet) {
          err().println("The tunnel is closed. What runs in notebooks goes on.");
        }
        return 0;
      }
    }
  }

  private static Announced announced(int local, String token) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("url", "http://localhost:%d/lab?token=%s".formatted(local, token));
    fields.put("token", token);
    return new Announced(fields);
  }

  private void show(Announced announced) {
    if (options.json) {
      out().print(announced.document());
    } else {
      out().println(announced.url());
    }
    boolean opened = !noBrowser && !options.json && new Browser(context).open(announced.url());
    if (options.json || options.quiet) {
      return;
    }
    if (!opened && !noBrowser) {
      err().println("  open it in a browser of this machine");
    }
    err()
        .println(
            detach
                ? "  the tunnel stays in the background; `huddle notebook stop` ends it and JupyterLab"
                : "  Ctrl-C closes the tunnel; JupyterLab goes on until `huddle notebook stop`");
  }
}
