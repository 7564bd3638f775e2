package huddle.cli;

import huddle.apply.ClusterGatherer;
import huddle.apply.Convergence;
import huddle.apply.Deliveries;
import huddle.apply.Hosts;
import huddle.delivery.ArtifactDeliveries;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.service.EventLogs;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.ssh.Connection;
import huddle.ssh.Connector;
import huddle.ui.EventView;
import huddle.ui.EventViews;
import huddle.ui.Tee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One command's work on one cluster: its spec, its hosts, and where events go.
final class ClusterSession implements AutoCloseable {
  private final Context context;
  private final ClusterSpec spec;
  private final EventView view;
  private final Optional<RunLog> log;
  private final Events events;
  private final Connector connector;
  private final Hosts hosts;

  private ClusterSession(
      Context context, SharedOptions options, ClusterSpec spec, String command, boolean streams) {
    this.context = context;
    this.spec = spec;
    List<String> names = spec.hosts().stream().map(Host::name).toList();
    this.log =
        streams || command.equals("plan")
            ? Optional.of(RunLog.open(context, spec.name(), command))
            : Optional.empty();
    this.view =
        EventViews.open(
            context.terminal(),
            new EventViews.Options(
                options.json && streams, options.quiet || options.json, options.verbose, names));
    List<Events> takers = new ArrayList<>(List.of(view));
    log.ifPresent(runLog -> takers.add(runLog.events()));
    this.events = new Tee(takers);
    this.connector = new KeyOffer(context, options).around(context.knownHosts(spec.name()), events);
    this.hosts =
        new Hosts(
            connector, names.getFirst(), spec.hosts().getFirst().root(), spec.ports().masterUi());
  }

  /// Reads the file and gets ready; nothing is contacted yet.
  ///
  /// @param streams whether `--json` means an event a line; else one document at the end
  static ClusterSession open(
      Context context, SharedOptions options, String command, boolean streams) {
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
    return new ClusterSession(context, options, spec, command, streams);
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

  /// Keeps the whole output behind failures, which the terminal never shows; the path of the log
  /// that has it.
  String keep(List<Failure> failures) {
    if (log.isEmpty() || failures.isEmpty()) {
      return "";
    }
    for (Failure failure : failures) {
      log.get()
          .events()
          .output(failure.host().orElse("") + ": " + failure.what(), failure.detail());
    }
    return log.get().file().toString();
  }

  /// The same of refusals that no run has reported.
  String keepRefusals(List<Failure> refusals) {
    log.ifPresent(
        runLog -> refusals.forEach(refusal -> runLog.events().report(Event.Failed.of(refusal))));
    return keep(refusals);
  }

  Connector connector() {
    return connector;
  }

  Hosts hosts() {
    return hosts;
  }

  ClusterGatherer gatherer() {
    return new ClusterGatherer(
        new FactsGatherer(
            context.clock(), new FactsGatherer.DataPlace(spec.dataFolder(), spec.isDataLink())));
  }

  Convergence convergence() {
    Deliveries deliveries = new ArtifactDeliveries(context.operator(), events);
    return new Convergence(spec, hosts, gatherer(), deliveries, events);
  }

  /// The cluster's event logs, on the hosts that are connected.
  EventLogs eventLogs() {
    Map<String, Connection> connections = new HashMap<>();
    spec.hosts()
        .forEach(host -> hosts.find(host.name()).ifPresent(to -> connections.put(host.name(), to)));
    return new EventLogs(spec, connections);
  }

  /// A line of progress.
  void step(String text) {
    events.report(new Event.Step(text));
  }

  @Override
  public void close() {
    view.close();
    hosts.close();
    log.ifPresent(runLog -> runLog.events().close());
  }
}
