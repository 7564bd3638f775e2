package huddle.cli;

import huddle.apply.ClusterGatherer;
import huddle.apply.Convergence;
import huddle.apply.Deliveries;
import huddle.apply.Hosts;
import huddle.event.Event;
import huddle.event.Events;
import huddle.facts.FactsGatherer;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.ssh.Connector;
import huddle.ui.EventLog;
import huddle.ui.EventView;
import huddle.ui.EventViews;
import huddle.ui.Tee;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One command's work on one cluster: its spec, its hosts, and where events go.
final class ClusterSession implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Context context;
  private final ClusterSpec spec;
  private final EventView view;
  private final EventLog log;
  private final Path logFile;
  private final Events events;
  private final Connector connector;
  private final Hosts hosts;

  private ClusterSession(Context context, SharedOptions options, ClusterSpec spec, String command) {
    this.context = context;
    this.spec = spec;
    List<String> names = spec.hosts().stream().map(Host::name).toList();
    this.logFile =
        context
            .cache()
            .resolve("logs")
            .resolve(spec.name())
            .resolve(
                "%s-%s-%d.log"
                    .formatted(
                        STAMP.format(context.clock().instant()),
                        command,
                        ProcessHandle.current().pid()));
    this.log = EventLog.open(logFile, context.clock());
    this.view =
        EventViews.open(
            context.terminal(),
            new EventViews.Options(options.json, options.quiet, options.verbose, names));
    this.events = new Tee(List.of(view, log));
    this.connector = new KeyOffer(context, options).around(context.knownHosts(spec.name()), events);
    this.hosts = new Hosts(connector, names.getFirst(), spec.ports().masterUi());
  }

  /// Reads the file and gets ready; nothing is contacted yet.
  static ClusterSession open(Context context, SharedOptions options, String command) {
    ClusterSpec spec = SpecFile.read(context, options.file);
    Set<String> names = spec.hosts().stream().map(Host::name).collect(Collectors.toSet());
    for (String host : options.only()) {
      if (!names.contains(host)) {
        throw new WrongInput(
            "--host %s: the cluster %s has no such host; it has %s"
                .formatted(
                    host,
                    spec.name(),
                    spec.hosts().stream()
                        .map(Host::name)
                        .limit(10)
                        .collect(Collectors.joining(", "))));
      }
    }
    return new ClusterSession(context, options, spec, command);
  }

  Context context() {
    return context;
  }

  ClusterSpec spec() {
    return spec;
  }

  Events events() {
    return events;
  }

  /// Settles the live lines, before a prompt or the last words.
  void settle() {
    view.close();
  }

  EventLog log() {
    return log;
  }

  Path logFile() {
    return logFile;
  }

  Connector connector() {
    return connector;
  }

  Hosts hosts() {
    return hosts;
  }

  ClusterGatherer gatherer() {
    return new ClusterGatherer(new FactsGatherer(context.clock()));
  }

  Convergence convergence() {
    Deliveries deliveries = new ArtifactDeliveries(context, events);
    return new Convergence(spec, hosts, gatherer(), deliveries, events);
  }

  /// A line of progress.
  void step(String text) {
    events.report(new Event.Step(text));
  }

  @Override
  public void close() {
    view.close();
    hosts.close();
    log.close();
  }
}
