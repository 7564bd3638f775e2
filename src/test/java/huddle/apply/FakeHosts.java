package huddle.apply;

import huddle.event.Event;
import huddle.spec.Host;
import huddle.ssh.Destination;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hosts `one`, with the Master, and `two`; and what is reported of them.
final class FakeHosts {
  final Map<String, FakeHost> byName = new LinkedHashMap<>();
  final List<Event> events = new CopyOnWriteArrayList<>();

  FakeHosts() {
    byName.put("one", new FakeHost("one"));
    byName.put("two", new FakeHost("two"));
  }

  FakeHost one() {
    return byName.get("one");
  }

  FakeHost two() {
    return byName.get("two");
  }

  Hosts open() throws InterruptedException {
    Hosts hosts = new Hosts((name, destination) -> byName.get(name), "one", "/root", 8080);
    hosts.open(byName.keySet().stream().map(FakeHosts::host).toList());
    return hosts;
  }

  private static Host host(String name) {
    return new Host(
        name,
        new Destination(name, Optional.empty(), OptionalInt.empty(), Optional.empty()),
        Set.of(),
        "/root",
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  /// Events as lines of words, those of progress and begin left out.
  List<String> words() {
    return events.stream()
        .map(event ->
            switch (event) {
              case Event.ChangeDone done -> done.host() + " " + done.kind() + " done";
              case Event.Failed f -> f.host() + " " + f.kind() + " failed: " + f.what();
              case Event.Skipped s -> s.host() + " " + s.kind() + " skipped: " + s.because();
              case Event.Step _,
                  Event.Note _,
                  Event.Warning _,
                  Event.ChangeStarted _,
                  Event.ChangeProgress _,
                  Event.Finished _ ->
                  "";
            })
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
