package huddle.cli;

import huddle.apply.SideBySide;
import huddle.event.Count;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.spec.Host;
import huddle.spec.MemorySize;
import huddle.ssh.Connection;
import huddle.ssh.Connector;
import huddle.ssh.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A look at hosts that are in no file yet.
final class HostSurvey {
  private final Connector connector;
  private final FactsGatherer gatherer;
  private final Events events;
  private final Map<Destination, HostFacts> facts = new ConcurrentHashMap<>();
  private final Map<Destination, Failure> failures = new ConcurrentHashMap<>();

  HostSurvey(Connector connector, FactsGatherer gatherer, Events events) {
    this.connector = connector;
    this.gatherer = gatherer;
    this.events = events;
  }

  /// Looks at all of them at once.
  ///
  /// @param root of the cluster that they may become
  void look(List<Destination> hosts, String root) throws InterruptedException {
    SideBySide.run(
        hosts,
        destination -> {
          String host = destination.toString();
          events.report(new Event.ChangeStarted(host, "facts", "reading facts"));
          try (Connection connection = connector.connect(host, destination)) {
            HostFacts of = gatherer.gather(connection, probed(destination, root));
            facts.put(destination, of);
            events.report(new Event.ChangeDone(host, "facts", summary(of), Duration.ZERO));
          } catch (Failure failure) {
            failures.put(destination, failure);
            events.report(new Event.Failed(host, "facts", failure.what(), failure.remedy()));
          }
        });
  }

  private static Host probed(Destination destination, String root) {
    return new Host(
        destination.toString(),
        destination,
        Set.of(),
        root,
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  /// Why hosts were not reached, in their order.
  List<Failure> failures(List<Destination> hosts) {
    return hosts.stream().map(failures::get).filter(Objects::nonNull).toList();
  }

  /// What a host has, in a line.
  String summary(Destination host) {
    HostFacts of = facts.get(host);
    return of == null ? "not reached" : summary(of);
  }

  private static String summary(HostFacts facts) {
    List<String> parts = new ArrayList<>();
    parts.add(Count.of(facts.cores(), "core"));
    parts.add(
        facts.memoryMiB() >= 1024
            ? facts.memoryMiB() / 1024 + "g"
            : new MemorySize(Math.max(1, facts.memoryMiB())).toString());
    parts.add(facts.os());
    facts.javas().stream()
        .map(HostFacts.Java::major)
        .max(Comparator.naturalOrder())
        .ifPresentOrElse(major -> parts.add("Java " + major), () -> parts.add("no Java"));
    facts.pythons().stream()
        .findFirst()
        .ifPresentOrElse(
            python -> parts.add("Python " + python.minor()), () -> parts.add("no Python"));
    return String.join(", ", parts);
  }
}
