package huddle.cli;

import huddle.event.Event;
import huddle.event.Failure;
import huddle.service.EventLogs;
import huddle.tunnel.Lifeline;
import huddle.web.ClusterPlaces;
import huddle.web.Gateway;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `huddle open`: the cluster's pages at one address of this machine.
@Command(
    name = "open",
    description =
        "Open the cluster's pages in a browser, at one address of this machine, until Ctrl-C.",
    footerHeading = "Examples:%n",
    footer = {
      "  huddle open                     the Master's page, with links to all others",
      "  huddle open app                 the page of the newest Application",
      "  huddle open worker worker.two   a Worker's",
      "  huddle open history             Applications that ended",
      "  huddle open --detach            in the background, until `huddle stop`"
    })
final class OpenCommand extends ClusterCommand {
  private static final Duration START = Duration.ofMinutes(5);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PAGE",
      description = "master, app, worker, history or notebook.")
  String page = "master";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The Application's id, or the Worker's host.")
  String name = "";

  @Option(names = "--port", paramLabel = "PORT", description = "Of this machine; else a free one.")
  int port;

  @Option(names = "--no-browser", description = "Only print the address.")
  boolean noBrowser;

  @Option(names = "--detach", description = "Stay in the background and return.")
  boolean detach;

  @Option(names = "--stop", description = "End what stays in the background.")
  boolean stop;

  OpenCommand(Context context) {
    super(context);
  }

  @Override
  String command() {
    return "open";
  }

  /// The notebook has a command of its own, which this one leads to.
  @Override
  public Integer call() throws InterruptedException {
    if (!page.equals("notebook")) {
      return super.call();
    }
    NotebookCommand notebook = new NotebookCommand(context);
    notebook.options = options;
    notebook.port = port;
    notebook.noBrowser = noBrowser;
    notebook.detach = detach;
    return notebook.call();
  }

  @Override
  int run(ClusterSession session) throws InterruptedException {
    WantedPage wanted = new WantedPage(page, name);
    wanted.check(session.spec());
    if (port < 0 || port > 65535) {
      throw new WrongInput("--port is a number from 1 to 65535");
    }
    Detached detached = Detached.of(context, session.spec(), "pages");
    if (stop) {
      boolean ended = detached.end();
      err().println(ended ? "Ended." : "Nothing of it was in the background.");
      return 0;
    }
    if (!detach || detached.isBackground()) {
      return serve(session, wanted, detached);
    }
    Optional<String> path = wanted.path(session, places(session));
    if (path.isEmpty()) {
      return 1;
    }
    Detached.Started started = detached.start(START);
    if (started.announced().isEmpty()) {
      return started.exit();
    }
    Announced bases = started.announced().get();
    int there = Integer.parseInt(bases.fields().getOrDefault("port", "0"));
    if (port != 0 && port != there) {
      throw Failure.of(
          "the pages are in the background already, at port " + there,
          "`huddle open --stop` ends that");
    }
    show(session, bases, path.get());
    return 0;
  }

  private static ClusterPlaces places(ClusterSession session) {
    return new ClusterPlaces(session.spec(), session.hosts(), session.gatherer());
  }

  private int serve(ClusterSession session, WantedPage wanted, Detached detached)
      throws InterruptedException {
    ClusterPlaces places = places(session);
    Optional<String> path = wanted.path(session, places);
    if (path.isEmpty()) {
      return 1;
    }
    Thread collecting = Thread.ofVirtual().unstarted(() -> collectEventLogs(session));
    try (Gateway pages = Gateway.pages(port, places, says(session));
        Gateway history = Gateway.history(0, places, says(session))) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("url", pages.url("/"));
      fields.put("history", history.url("/"));
      fields.put("port", Integer.toString(pages.port()));
      Announced announced = new Announced(fields);
      collecting.start();
      try (var _ = detached.announce(announced)) {
        if (!detached.isBackground()) {
          show(session, announced, path.get());
          if (!options.json && !options.quiet) {
            err().println("  Ctrl-C ends it");
          }
        }
        Lifeline.usual().watch(session.hosts().connection(session.hosts().master()), says(session));
        return 0;
      }
    } catch (InterruptedException e) {
      // How it is meant to end.
      return 0;
    } finally {
      collecting.interrupt();
    }
  }

  /// While the History Server's page may be looked at, what drivers write on other hosts comes to
  /// it.
  private void collectEventLogs(ClusterSession session) {
    // Many hosts are asked less often.
    Duration pause = Duration.ofSeconds(15 + session.spec().hosts().size());
    try {
      EventLogs.keepCollecting(session::eventLogs, pause, says(session));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private java.util.function.Consumer<String> says(ClusterSession session) {
    return text -> session.events().report(new Event.Note("", text));
  }

  /// Prints the address, and opens it.
  private void show(ClusterSession session, Announced bases, String path) {
    String base = page.equals("history") ? bases.fields().getOrDefault("history", "") : bases.url();
    // The base ends with "/?huddle=TOKEN".
    int slash = base.indexOf('/', "http://".length());
    String url = base.substring(0, slash) + path + base.substring(slash + 1);
    session.settle();
    boolean opened = !noBrowser && !options.json && new Browser(context).open(url);
    if (options.json) {
      out().print(Announced.url(url).document());
    } else {
      out().println(url);
      if (!opened && !noBrowser && !options.quiet) {
        err().println("  open it in a browser of this machine");
      }
    }
  }
}
