package huddle.ui;

import huddle.event.Count;
import huddle.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events on a terminal: one line per host, drawn over in place while a step runs, left as they are
/// when it ends. Steps, notes, warnings and failures scroll up above them and stay. Never more
/// lines than the terminal has; hosts without one are counted in the last.
final class LiveEvents implements EventView {
  private static final Duration BEFORE_SPINNER = Duration.ofMillis(500);

  private final Surface err;
  private final InstantSource clock;
  private final EventViews.Options options;
  private final Ongoing ongoing = new Ongoing();
  private final Ending ending = new Ending();
  private final Map<String, HostLine> hosts = new LinkedHashMap<>();
  private final List<String> scrolled = new ArrayList<>();
  private Optional<Instant> stepBegan = Optional.empty();
  private Optional<Ticker.Ticking> ticking = Optional.empty();
  private boolean closed;
  private long ticks;

  LiveEvents(Surface err, InstantSource clock, EventViews.Options options) {
    this.err = err;
    this.clock = clock;
    this.options = options;
  }

  synchronized void tickedBy(Ticker.Ticking newTicking) {
    ticking = Optional.of(newTicking);
  }

  /// Draws what changed since the last time.
  synchronized void tick() {
    if (!closed) {
      ticks++;
      draw();
    }
  }

  @Override
  public synchronized void report(Event event) {
    Instant now = clock.instant();
    if (event instanceof Event.Finished) {
      settle(true);
    }
    ongoing.take(event, now);
    Style style = err.style();
    switch (event) {
      case Event.Step step -> {
        settle(false);
        stepBegan = Optional.of(now);
        scroll(style.paint(Tone.STRONG, Columns.clean(step.text())));
      }
      case Event.Note note -> EventText.lines(note).forEach(line -> scroll("  " + line));
      case Event.Warning warning -> {
        List<String> lines = EventText.lines(warning);
        scroll(Mark.WARNING.in(style) + " " + style.paint(Tone.CAREFUL, lines.getFirst()));
        lines.stream().skip(1).forEach(line -> scroll("  " + line));
      }
      case Event.ChangeStarted started -> line(started.host(), now);
      case Event.ChangeProgress going -> {}
      case Event.ChangeDone done -> {
        line(done.host(), now).done(done, now);
        if (options.verbose()) {
          HostLine.Look look =
              new HostLine.Look(
                  Optional.of(Mark.DONE),
                  Columns.clean(done.summary()),
                  "",
                  Amounts.took(done.took()));
          scroll(drawn(Mark.DONE.in(style), done.host(), look));
        }
      }
      case Event.Failed failed -> {
        ending.take(failed);
        // Its remedy comes with the last words.
        line(failed.host(), now).failed(failed, now);
        scroll(
            layout()
                .whole(Mark.FAILED.in(style), name(failed.host()), Columns.clean(failed.what())));
      }
      case Event.Skipped skipped -> line(skipped.host(), now).skipped(skipped, now);
      case Event.Finished finished -> {
        stepBegan = Optional.empty();
        ending.text(finished, style).lines().forEach(this::scroll);
      }
    }
    if (!scrolled.isEmpty() || closed) {
      draw();
    }
  }

  @Override
  public synchronized void close() {
    ticking.ifPresent(Ticker.Ticking::close);
    ticking = Optional.empty();
    if (!closed) {
      settle(true);
      stepBegan = Optional.empty();
      draw();
      closed = true;
    }
  }

  private HostLine line(String host, Instant now) {
    return hosts.computeIfAbsent(host, name -> new HostLine(name, now));
  }

  private void scroll(String line) {
    scrolled.add(line);
  }

  /// Leaves the lines of the step that ends. A host that failed has its line already; one that
  /// still runs something goes on in the next step, or is marked where the run is over.
  private void settle(boolean over) {
    Instant now = clock.instant();
    for (HostLine line : ordered()) {
      List<Ongoing.Change> running = ongoing.on(line.host());
      if (running.isEmpty() || over) {
        HostLine.Look look = line.interrupted(running, now);
        look.mark()
            .filter(mark -> mark != Mark.FAILED && !(options.verbose() && mark == Mark.DONE))
            .ifPresent(mark -> scroll(drawn(mark.in(err.style()), line.host(), look)));
        hosts.remove(line.host());
      }
    }
  }

  private void draw() {
    err.screen().show(scrolled, closed ? List.of() : area(clock.instant()));
    scrolled.clear();
  }

  private List<String> area(Instant now) {
    LineLayout layout = layout();
    String spinner = err.style().paint(Tone.GOOD, err.style().spinner(ticks));
    // The line of a failed host has scrolled up already.
    List<HostLine> all =
        ordered().stream().filter(line -> !line.hasFailed() || isAtWork(line)).toList();
    List<HostLine> shown = mostTelling(all, Math.max(1, err.rows() - 3));
    List<String> lines = new ArrayList<>();
    for (HostLine line : shown) {
      HostLine.Look look = line.look(ongoing.on(line.host()), now);
      String mark = look.mark().map(m -> m.in(err.style())).orElse(spinner);
      lines.add(layout.line(mark, name(line.host()), look));
    }
    if (shown.size() < all.size()) {
      lines.add(layout.words(err.style().ellipsis(), notShown(all, shown)));
    }
    stepBegan
        .map(began -> Duration.between(began, now))
        .filter(inStep -> ongoing.all().isEmpty() && inStep.compareTo(BEFORE_SPINNER) >= 0)
        .ifPresent(inStep -> lines.add(layout.words(spinner, Amounts.elapsed(inStep))));
    return lines;
  }

  private String drawn(String mark, String host, HostLine.Look look) {
    return layout().line(mark, name(host), look);
  }

  // Where not all fit: those at work before the rest; in the file's order again.
  private List<HostLine> mostTelling(List<HostLine> all, int room) {
    if (all.size() <= room) {
      return all;
    }
    List<HostLine> chosen =
        all.stream()
            .sorted(Comparator.comparing(this::isAtWork).reversed())
            .limit(Math.max(1, room - 1))
            .toList();
    return all.stream().filter(chosen::contains).toList();
  }

  private boolean isAtWork(HostLine line) {
    return !ongoing.on(line.host()).isEmpty();
  }

  private String notShown(List<HostLine> all, List<HostLine> shown) {
    List<HostLine> rest = all.stream().filter(line -> !shown.contains(line)).toList();
    long atWork = rest.stream().filter(this::isAtWork).count();
    return Count.of(rest.size(), "more host")
        + ": "
        + atWork
        + " at work, "
        + (rest.size() - atWork)
        + " done";
  }

  private List<HostLine> ordered() {
    return hosts.values().stream()
        .sorted(
            Comparator.comparingInt(line -> {
              int place = options.hosts().indexOf(line.host());
              return place < 0 ? Integer.MAX_VALUE : place;
            }))
        .toList();
  }

  private LineLayout layout() {
    int widest =
        java.util.stream.Stream.concat(options.hosts().stream(), hosts.keySet().stream())
            .mapToInt(host -> Columns.width(name(host)))
            .max()
            .orElse(0);
    return new LineLayout(err.style(), err.columns(), widest);
  }

  private static String name(String host) {
    return host.isEmpty() ? "this machine" : Columns.clean(host);
  }
}
