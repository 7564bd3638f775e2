package huddle.ui;

import huddle.event.Count;
import huddle.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Events where nobody watches, or on a terminal that cannot draw: a line each as they happen, and
/// every ten seconds one for what runs long.
final class PlainEvents implements EventView {
  private static final Duration STILL = Duration.ofSeconds(10);
  // More than these would bury the rest of the log.
  private static final int MOST_STILL_LINES = 8;

  private final Surface err;
  private final InstantSource clock;
  private final Ongoing ongoing = new Ongoing();
  private final Ending ending = new Ending();
  private Optional<Event.Step> step = Optional.empty();
  private Instant stepBegan;
  private Instant lastStill;
  private Optional<Ticker.Ticking> ticking = Optional.empty();

  PlainEvents(Surface err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
    this.stepBegan = clock.instant();
    this.lastStill = stepBegan;
  }

  synchronized void tickedBy(Ticker.Ticking newTicking) {
    ticking = Optional.of(newTicking);
  }

  @Override
  public synchronized void report(Event event) {
    Instant now = clock.instant();
    ongoing.take(event, now);
    switch (event) {
      case Event.Step begun -> {
        step = Optional.of(begun);
        stepBegan = now;
        print(Tone.STRONG, event);
      }
      case Event.Warning warning -> print(Tone.CAREFUL, event);
      case Event.Failed failed -> {
        ending.take(failed);
        // Whole, and not again at the end: nothing scrolls away on a pipe.
        List<String> lines = EventText.lines(failed);
        err.println(err.style().paint(Tone.BAD, lines.getFirst()));
        lines.stream().skip(1).forEach(err::println);
      }
      case Event.Skipped skipped -> print(Tone.DIM, event);
      case Event.Note note -> print(Tone.PLAIN, event);
      case Event.ChangeStarted started -> print(Tone.PLAIN, event);
      case Event.ChangeDone done -> print(Tone.PLAIN, event);
      case Event.ChangeProgress going -> {}
      case Event.Finished finished -> {
        step = Optional.empty();
        err.print(ending.afterAll(finished, err.style()));
      }
    }
  }

  synchronized void tick() {
    Instant now = clock.instant();
    if (Duration.between(lastStill, now).compareTo(STILL) < 0) {
      return;
    }
    lastStill = now;
    List<Ongoing.Change> running = ongoing.all();
    List<Ongoing.Change> longOnes =
        running.stream().filter(change -> change.elapsed(now).compareTo(STILL) >= 0).toList();
    if (longOnes.size() > MOST_STILL_LINES) {
      Ongoing.Change longest = longOnes.getFirst();
      err.println(
          still(Count.of(longOnes.size(), "change"), longest.elapsed(now))
              + ", longest on "
              + place(longest.host())
              + ": "
              + longest.now());
      return;
    }
    for (Ongoing.Change change : longOnes) {
      err.println(
          still(place(change.host()) + ": " + change.now(), change.elapsed(now))
              + (change.progress().isEmpty() ? "" : ", " + change.progress()));
    }
    Duration inStep = Duration.between(stepBegan, now);
    if (running.isEmpty() && inStep.compareTo(STILL) >= 0) {
      step.ifPresent(begun -> err.println(still(Columns.clean(begun.text()), inStep)));
    }
  }

  @Override
  public synchronized void close() {
    ticking.ifPresent(Ticker.Ticking::close);
    ticking = Optional.empty();
  }

  private void print(Tone tone, Event event) {
    EventText.lines(event).forEach(line -> err.println(err.style().paint(tone, line)));
  }

  private String still(String what, Duration elapsed) {
    return what + ": still " + err.style().ellipsis() + " " + Amounts.elapsed(elapsed);
  }

  private static String place(String host) {
    return host.isEmpty() ? "this machine" : Columns.clean(host);
  }
}
