package huddle.ui;

import huddle.event.Count;
import huddle.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one host did in one step of the run, as one line. Not safe for several threads.
final class HostLine {
  private final String host;
  private final Instant began;
  private Instant ended;
  private int done;
  private int failed;
  private int skipped;
  private String last = "";
  private String because = "";

  HostLine(String host, Instant now) {
    this.host = host;
    this.began = now;
    this.ended = now;
  }

  /// @param mark of what became of it; empty while a change runs on it
  /// @param text what it does or did
  /// @param progress bytes; may be empty
  /// @param time elapsed or taken
  record Look(Optional<Mark> mark, String text, String progress, String time) {}

  void done(Event.ChangeDone event, Instant now) {
    done++;
    last = Columns.clean(event.summary());
    ended = now;
  }

  void failed(Event.Failed event, Instant now) {
    failed++;
    last = Columns.clean(event.what());
    ended = now;
  }

  void skipped(Event.Skipped event, Instant now) {
    skipped++;
    because = Columns.clean(event.because());
    ended = now;
  }

  String host() {
    return host;
  }

  boolean hasFailed() {
    return failed > 0;
  }

  /// While changes run on it, the one that runs longest; else what came of it.
  Look look(List<Ongoing.Change> running, Instant now) {
    if (running.isEmpty()) {
      return settled();
    }
    Ongoing.Change first = running.getFirst();
    int more = running.stream().mapToInt(Ongoing.Change::times).sum() - 1;
    return new Look(
        Optional.empty(),
        first.now() + (more > 0 ? " (+" + more + " more)" : ""),
        first.progress(),
        Amounts.elapsed(first.elapsed(now)));
  }

  /// What is left when the run is given up under it.
  Look interrupted(List<Ongoing.Change> running, Instant now) {
    Look look = look(running, now);
    return running.isEmpty()
        ? look
        : new Look(
            Optional.of(Mark.WARNING), "interrupted: " + look.text, look.progress, look.time);
  }

  private Look settled() {
    String took = Amounts.took(Duration.between(began, ended));
    if (failed > 0) {
      return new Look(Optional.of(Mark.FAILED), last, "", took);
    }
    if (skipped > 0) {
      return new Look(
          Optional.of(Mark.SKIPPED),
          (done > 0 ? done + " done, " : "") + skipped + " skipped: " + because,
          "",
          took);
    }
    return new Look(
        Optional.of(Mark.DONE),
        done < 2 ? last : Count.of(done, "change") + ", last: " + last,
        "",
        took);
  }
}
