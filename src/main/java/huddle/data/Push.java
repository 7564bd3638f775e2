package huddle.data;

import huddle.apply.SideBySide;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Brings the same files to the same place on every host. What is there already is not sent again;
/// much data goes from the operator to one host and from host to host.
public final class Push {
  private static final Duration LOOK = Duration.ofMinutes(10);

  /// Less than this is there before hosts have found each other.
  private static final long WORTH_A_CHAIN = 4L << 20;

  /// Left free on a host's disk.
  private static final long SPARE = 64L << 20;

  private final Order order;
  private final List<Target> targets;
  private final Events events;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  /// @param to absolute path of the folder on hosts
  public record Order(String cluster, String to, List<PushPath> paths) {
    public Order {
      paths = List.copyOf(paths);
    }
  }

  /// @param root the cluster's folder there, as in the file
  public record Target(huddle.ssh.Connection connection, String root) {
    public String host() {
      return connection.host();
    }
  }

  public Push(Order order, List<Target> targets, Events events) {
    this.order = order;
    this.targets = List.copyOf(targets);
    this.events = events;
  }

  /// What a host says before anything is sent.
  record Found(Target target, String address, List<PushPath> missing) {}

  /// Does it; the failure of each host that does not have everything afterwards.
  public Collection<Failure> run() throws InterruptedException {
    Map<String, Found> found = new ConcurrentHashMap<>();
    SideBySide.run(
        targets, target -> attempt(target.host(), () -> found.put(target.host(), look(target))));
    List<Found> needing = new ArrayList<>();
    for (Target target : targets) {
      Found there = found.get(target.host());
      if (there != null && there.missing().isEmpty()) {
        events.report(new Event.Note(target.host(), "it has all of it already"));
      } else if (there != null) {
        needing.add(there);
      }
    }
    long most = needing.stream().mapToLong(Push::bytes).max().orElse(0);
    Relay relay = new Relay(order, events, failures);
    Set<String> again = relay.round(needing, needing.size() > 1 && most >= WORTH_A_CHAIN);
    relay.round(needing.stream().filter(f -> again.contains(f.target().host())).toList(), false);
    return new TreeMap<>(failures).values();
  }

  static long bytes(Found found) {
    return found.missing().stream().mapToLong(PushPath::bytes).sum();
  }

  private void attempt(String host, Runnable work) {
    try {
      work.run();
    } catch (Failure failure) {
      failures.put(host, failure);
      events.report(new Event.Failed(host, "push", failure.what(), failure.remedy()));
    }
  }

  private Found look(Target target) {
    List<Map<String, Object>> paths = new ArrayList<>();
    for (PushPath path : order.paths()) {
      Map<String, Object> files = new LinkedHashMap<>();
      path.files().forEach((below, stamp) -> files.put(below, stamp.words()));
      paths.add(Map.of("name", path.name(), "files", files));
    }
    Map<String, Object> asked = Map.of("do", "look", "to", order.to(), "paths", paths);
    try (HostEnd end = HostEnd.start(target.connection(), target.root(), asked)) {
      Map<String, Object> words = end.hear("what is there", LOOK);
      List<?> same = words.get("same") instanceof List<?> list ? list : List.of();
      List<PushPath> missing =
          order.paths().stream().filter(path -> !same.contains(path.name())).toList();
      Found found = new Found(target, String.valueOf(words.get("address")), missing);
      long free = HostEnd.number(words, "free").orElse(Long.MAX_VALUE);
      long needed = bytes(found) + SPARE;
      // 0 where the host cannot tell.
      if (!missing.isEmpty() && free > 0 && free < needed) {
        throw Failure.on(
            target.host(),
            "%s has %d MiB free there; %d are needed"
                .formatted(order.to(), free >> 20, needed >> 20),
            "free some space there, or choose another folder with --to or `data:`");
      }
      return found;
    }
  }
}
