package huddle.data;

import huddle.apply.SideBySide;
import huddle.data.Push.Found;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One round of sending: to each host from the operator, or along a chain in which each host passes
/// on what arrives while it writes it.
final class Relay {
  private static final Duration WORD = Duration.ofSeconds(60);
  private static final Duration ALL = Duration.ofHours(24);

  private final Push.Order order;
  private final Events events;
  private final Map<String, Failure> failures;

  Relay(Push.Order order, Events events, Map<String, Failure> failures) {
    this.order = order;
    this.events = events;
    this.failures = failures;
  }

  /// A host's place in this round.
  ///
  /// @param before the host that it gets everything from; empty: the operator
  private record Link(Found found, HostEnd end, int port, String before) {
    String host() {
      return end.host();
    }

    Link after(String other) {
      return new Link(found, end, port, other);
    }
  }

  /// @return hosts that were to get it from another one and did not: worth a direct try
  Set<String> round(List<Found> hosts, boolean chained) throws InterruptedException {
    if (hosts.isEmpty()) {
      return Set.of();
    }
    RunCertificate certificate = RunCertificate.random();
    Map<String, HostEnd> opened = new ConcurrentHashMap<>();
    try {
      Map<String, Link> begun = new ConcurrentHashMap<>();
      SideBySide.run(
          hosts,
          found ->
              attempt(
                  found.target().host(),
                  () -> {
                    int place = hosts.indexOf(found);
                    HostEnd end =
                        HostEnd.start(
                            found.target().connection(),
                            found.target().root(),
                            asked(found, certificate, chained && place > 0, hosts.size() - place));
                    opened.put(end.host(), end);
                    long port = HostEnd.number(end.hear("its readiness", WORD), "port").orElse(0L);
                    begun.put(end.host(), new Link(found, end, (int) port, ""));
                  }));
      List<Link> ready =
          hosts.stream()
              .map(found -> found.target().host())
              .filter(begun::containsKey)
              .map(host -> java.util.Objects.requireNonNull(begun.get(host)))
              .toList();
      return send(linked(ready, chained));
    } finally {
      opened.values().forEach(HostEnd::close);
    }
  }

  private Map<String, Object> asked(
      Found found, RunCertificate certificate, boolean listens, int hostsFromHere) {
    List<Map<String, Object>> paths = new ArrayList<>();
    for (PushPath path : found.missing()) {
      paths.add(Map.of("name", path.name(), "count", path.count(), "bytes", path.bytes()));
    }
    Map<String, Object> asked = new HashMap<>();
    asked.put("do", "receive");
    asked.put("own", order.cluster() + "-" + found.address());
    asked.put("to", order.to());
    asked.put("paths", paths);
    asked.put("cert", certificate.certificate());
    asked.put("key", certificate.key());
    asked.put("token", certificate.token());
    asked.put("listen", listens ? found.address() : "");
    asked.put("patience", 15 + 5 * Math.min(20, hostsFromHere));
    return asked;
  }

  /// Each host dials the next one. One that cannot leaves the next one to the operator.
  private List<Link> linked(List<Link> ready, boolean chained) throws InterruptedException {
    for (int i = 0; i < ready.size(); i++) {
      List<Object> next =
          chained && i + 1 < ready.size() && ready.get(i + 1).port() > 0
              ? List.of(ready.get(i + 1).found().address(), ready.get(i + 1).port())
              : List.of();
      ready.get(i).end().say(Map.of("next", next));
    }
    Map<String, String> said = new ConcurrentHashMap<>();
    SideBySide.run(
        ready,
        link ->
            attempt(
                link.host(),
                () -> {
                  Object next = link.end().hear("the way to the next host", WORD).get("next");
                  said.put(link.host(), String.valueOf(next));
                }));
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < ready.size(); i++) {
      Link link = ready.get(i);
      String before = i == 0 ? "none" : said.getOrDefault(ready.get(i - 1).host(), "it ended");
      if (!said.containsKey(link.host())) {
        continue;
      }
      if (before.equals("ok")) {
        links.add(link.after(ready.get(i - 1).host()));
      } else {
        if (!before.equals("none")) {
          notPassedOn(ready.get(i - 1).host(), link.host(), before);
        }
        links.add(link);
      }
    }
    return links;
  }

  private void notPassedOn(String from, String to, String why) {
    events.report(
        new Event.Note(
            from, "it cannot pass files on to %s: %s; sent directly".formatted(to, why)));
  }

  private Set<String> send(List<Link> links) throws InterruptedException {
    List<PushPath> paths =
        order.paths().stream()
            .filter(path -> links.stream().anyMatch(link -> link.found().missing().contains(path)))
            .toList();
    long total = paths.stream().mapToLong(PushPath::bytes).sum();
    Set<String> again = ConcurrentHashMap.newKeySet();
    for (Link link : links) {
      link.end().say(Map.of("from", link.before().isEmpty() ? "operator" : "host"));
    }
    SideBySide.run(
        links,
        link -> {
          String way = link.before().isEmpty() ? "" : " from " + link.before();
          String summary = summary(link.found().missing()) + way;
          long started = System.nanoTime();
          events.report(new Event.ChangeStarted(link.host(), "push", summary));
          try {
            if (link.before().isEmpty()) {
              write(link, paths, total, summary);
            }
            link.end().hear("the end of " + summary, ALL);
            events.report(
                new Event.ChangeDone(
                    link.host(), "push", summary, Duration.ofNanos(System.nanoTime() - started)));
          } catch (Failure failure) {
            if (!link.before().isEmpty() && !Thread.currentThread().isInterrupted()) {
              again.add(link.host());
              events.report(
                  new Event.Note(
                      link.host(),
                      "it did not get all from %s: %s; sent directly"
                          .formatted(link.before(), failure.what())));
            } else {
              fail(link.host(), failure);
            }
          }
        });
    return again;
  }

  private void write(Link link, List<PushPath> paths, long total, String summary) {
    try {
      new PushTar(sent ->
          events.report(new Event.ChangeProgress(link.host(), "push", summary, sent, total)))
          .write(paths, link.end().input());
    } catch (IOException e) {
      // The host says why it reads no more, if it can still say anything.
    }
  }

  static String summary(List<PushPath> paths) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    paths.forEach(path -> sizes.put(path.name(), path.bytes()));
    String what =
        sizes.size() == 1 ? sizes.keySet().iterator().next() : sizes.size() + " files and folders";
    long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
    return bytes < 1 << 20
        ? "%s, %d KiB".formatted(what, (bytes + 1023) >> 10)
        : "%s, %d MiB".formatted(what, bytes >> 20);
  }

  private void attempt(String host, Runnable work) {
    try {
      work.run();
    } catch (Failure failure) {
      fail(host, failure);
    }
  }

  private void fail(String host, Failure failure) {
    failures.put(host, failure);
    events.report(new Event.Failed(host, "push", failure.what(), failure.remedy()));
  }
}
