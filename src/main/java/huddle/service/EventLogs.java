package huddle.service;

import huddle.apply.SideBySide;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Keeps the event logs of a cluster: those that drivers write on other hosts are brought to the
/// History Server's, over the operator's connections; a log that is whole there goes from where it
/// was. Old ones, and the oldest where they take too much room, are removed.
public final class EventLogs {
  private static final Duration LIST = Duration.ofSeconds(60);
  private static final Duration MOVE = Duration.ofMinutes(30);
  private static final long MOST_BYTES = 16L << 30;
  private static final long MOST_AT_ONCE = 4L << 30;

  /// What a command line holds on every host.
  private static final int MOST_FILES_AT_ONCE = 500;

  private static final String AGE = "spark.history.fs.cleaner.maxAge";
  private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

  private final ClusterSpec spec;
  private final Map<String, Connection> connections;

  /// @param connections of the hosts that are reached, by name; the others' logs come another time
  public EventLogs(ClusterSpec spec, Map<String, Connection> connections) {
    this.spec = spec;
    this.connections = Map.copyOf(connections);
  }

  /// Collects every so often, until interrupted.
  ///
  /// @param logs those of the hosts that are connected by then
  /// @param says hears what went wrong, once while it lasts
  public static void keepCollecting(Supplier<EventLogs> logs, Duration pause, Consumer<String> says)
      throws InterruptedException {
    Set<String> said = new HashSet<>();
    while (true) {
      Set<String> now = new HashSet<>();
      for (Failure failure : logs.get().collect()) {
        String line = failure.host().map(host -> host + ": ").orElse("") + failure.what();
        now.add(line);
        if (said.add(line)) {
          says.accept(line);
        }
      }
      said.retainAll(now);
      Thread.sleep(pause);
    }
  }

  /// Brings what is new, and removes what is too old or too much. What could not be done is
  /// returned, by host; the rest is done.
  public List<Failure> collect() throws InterruptedException {
    String place = spec.placeOf(Role.HISTORY);
    Map<String, EventLogList> lists = new ConcurrentHashMap<>();
    List<Failure> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    SideBySide.run(
        spec.hosts().stream().filter(host -> connections.containsKey(host.name())).toList(),
        host -> {
          try {
            lists.put(host.name(), list(host));
          } catch (Failure failure) {
            failures.add(failure);
          }
        });
    EventLogList at = lists.get(place);
    if (at == null) {
      return List.copyOf(failures);
    }
    Host there = host(place);
    for (Host from : spec.hosts()) {
      EventLogList has = lists.get(from.name());
      if (has != null && !from.name().equals(place)) {
        try {
          bring(from, has, there, at);
        } catch (Failure failure) {
          failures.add(failure);
        }
      }
    }
    try {
      drop(there, at.beyond(MOST_BYTES));
    } catch (Failure failure) {
      failures.add(failure);
    }
    return List.copyOf(failures);
  }

  private Host host(String name) {
    return spec.hosts().stream()
        .filter(host -> host.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name));
  }

  private Connection connection(Host host) {
    Connection connection = connections.get(host.name());
    if (connection == null) {
      throw Failure.on(host.name(), "it is not reached", "");
    }
    return connection;
  }

  private EventLogList list(Host host) {
    Script list = script("eventlogs-list", host).with("DAYS", Integer.toString(days()));
    return EventLogList.parse(succeeded(host, connection(host).run(list, LIST)).stdout());
  }

  /// As the History Server's own cleaner is told; 0 where that is off or in another unit.
  private int days() {
    if (spec.conf().getOrDefault("spark.history.fs.cleaner.enabled", "true").equals("false")) {
      return 0;
    }
    Matcher days = DAYS.matcher(spec.conf().getOrDefault(AGE, "30d"));
    return days.matches() ? Integer.parseInt(days.group(1)) : 0;
  }

  private void bring(Host from, EventLogList has, Host to, EventLogList at) {
    List<String> missing = has.missingAt(at);
    for (int first = 0; first < missing.size(); first += MOST_FILES_AT_ONCE) {
      transfer(
          from, to, missing.subList(first, Math.min(missing.size(), first + MOST_FILES_AT_ONCE)));
    }
    // Whole there by now: an ended log no longer changes.
    drop(from, has.ended());
  }

  private void transfer(Host from, Host to, List<String> files) {
    Script send = script("eventlogs-send", from).with("FILES", String.join("\n", files));
    Script receive =
        script("eventlogs-receive", to)
            .with("ID", UUID.randomUUID().toString())
            .with("FILES", String.join("\n", files));
    Set<String> wanted = new HashSet<>(files);
    try (Connection.Session sending = connection(from).start(send)) {
      succeeded(to, connection(to).run(receive, out -> copy(sending.stdout(), wanted, out), MOVE));
    }
    if (!wanted.isEmpty()) {
      throw Failure.on(
          from.name(),
          "%d of %d files of event logs did not arrive".formatted(wanted.size(), files.size()),
          "");
    }
  }

  /// Lets through what was asked for, and nothing else: the host that sends may be hostile.
  private static void copy(InputStream from, Set<String> wanted, OutputStream to)
      throws IOException {
    TarArchiveInputStream in = new TarArchiveInputStream(from);
    TarArchiveOutputStream out = new TarArchiveOutputStream(to);
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    long left = MOST_AT_ONCE;
    for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      left -= entry.getSize();
      if (!entry.isFile() || left < 0 || !wanted.remove(entry.getName())) {
        throw new IOException("the archive holds something that was not asked for");
      }
      TarArchiveEntry clean = new TarArchiveEntry(entry.getName());
      clean.setSize(entry.getSize());
      clean.setMode(0100600);
      clean.setModTime(entry.getLastModifiedTime());
      out.putArchiveEntry(clean);
      in.transferTo(out);
      out.closeArchiveEntry();
    }
    out.finish();
    out.flush();
  }

  private void drop(Host host, List<String> logs) {
    if (!logs.isEmpty()) {
      Script drop = script("eventlogs-drop", host).with("LOGS", String.join("\n", logs));
      succeeded(host, connection(host).run(drop, LIST));
    }
  }

  private static Script script(String name, Host host) {
    return Script.resource(EventLogs.class, name).with("ROOT", host.root());
  }

  private static Output succeeded(Host host, Output output) {
    if (output.exit() != 0) {
      String last = output.stderr().strip();
      throw new Failure(
          host.name(),
          "event logs: " + last.substring(last.lastIndexOf('\n') + 1),
          "",
          output.stdout() + output.stderr());
    }
    return output;
  }
}
