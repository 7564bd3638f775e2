package huddle.ui;

import huddle.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The changes that run now, in the order they began. Not safe for several threads.
final class Ongoing {
  /// One of them.
  ///
  /// @param times how many of this kind run on the host at once; the last one is shown
  record Change(
      String host, String summary, String text, String progress, Instant since, int times) {
    /// What it does now: `copying from worker.one`, or what it is for.
    String now() {
      return text.isEmpty() ? summary : text;
    }

    Duration elapsed(Instant now) {
      return Duration.between(since, now);
    }
  }

  private record Key(String host, String kind) {}

  private final Map<Key, Change> changes = new LinkedHashMap<>();

  void take(Event event, Instant now) {
    switch (event) {
      case Event.ChangeStarted started ->
          changes.merge(
              new Key(started.host(), started.kind()),
              new Change(started.host(), Columns.clean(started.summary()), "", "", now, 1),
              (before, after) ->
                  new Change(after.host, after.summary, "", "", before.since, before.times + 1));
      case Event.ChangeProgress going ->
          changes.computeIfPresent(
              new Key(going.host(), going.kind()),
              (key, change) ->
                  new Change(
                      change.host,
                      change.summary,
                      Columns.clean(going.text()),
                      Amounts.progress(going.done(), going.total()),
                      change.since,
                      change.times));
      case Event.ChangeDone done -> ended(done.host(), done.kind());
      case Event.Failed failed -> ended(failed.host(), failed.kind());
      case Event.Skipped skipped -> {}
      case Event.Finished finished -> changes.clear();
      case Event.Step step -> {}
      case Event.Note note -> {}
      case Event.Warning warning -> {}
    }
  }

  /// All of them.
  List<Change> all() {
    return List.copyOf(changes.values());
  }

  /// Those of one host.
  List<Change> on(String host) {
    return changes.values().stream().filter(change -> change.host().equals(host)).toList();
  }

  // A failure without a kind is the host's own: nothing runs there any more.
  private void ended(String host, String kind) {
    if (kind.isEmpty()) {
      changes.keySet().removeIf(key -> key.host().equals(host));
      return;
    }
    changes.computeIfPresent(
        new Key(host, kind),
        (key, change) ->
            change.times == 1
                ? null
                : new Change(change.host, change.summary, "", "", change.since, change.times - 1));
  }
}
