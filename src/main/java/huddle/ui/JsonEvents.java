package huddle.ui;

import huddle.event.Event;
import huddle.json.Json;
import huddle.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// `--json`: one object a line on standard output, as docs/reference/json.md says. What a person
/// must see all the same (failures, warnings) also goes to standard error.
final class JsonEvents implements EventView {
  private final Surface out;
  private final InstantSource clock;
  private final QuietEvents person;
  private final Throttle throttle = new Throttle(Duration.ofSeconds(1));

  JsonEvents(Surface out, InstantSource clock, QuietEvents person) {
    this.out = out;
    this.clock = clock;
    this.person = person;
  }

  @Override
  public synchronized void report(Event event) {
    Instant now = clock.instant();
    if (throttle.passes(event, now)) {
      out.println(Json.line(object(event, now)));
    }
    person.report(event);
  }

  @Override
  public void close() {}

  static JsonObject object(Event event, Instant time) {
    return switch (event) {
      case Event.Step(String text) -> named("step", time).put("text", text);
      case Event.Note(String host, String text) ->
          named("note", time).put("host", orNull(host)).put("text", text);
      case Event.Warning(String host, String text, String remedy) ->
          named("warning", time)
              .put("host", orNull(host))
              .put("text", text)
              .put("remedy", orNull(remedy));
      case Event.ChangeStarted(String host, String kind, String summary) ->
          change("change-started", time, host, kind).put("summary", summary);
      case Event.ChangeProgress(String host, String kind, String text, long done, long total) ->
          change("change-progress", time, host, kind)
              .put("text", text)
              .put("doneBytes", done)
              .put("totalBytes", total == 0 ? null : total);
      case Event.ChangeDone(String host, String kind, String summary, Duration took) ->
          change("change-done", time, host, kind)
              .put("summary", summary)
              .put("tookMillis", took.toMillis());
      case Event.Failed(String host, String kind, String what, String remedy) ->
          change("failed", time, host, kind).put("what", what).put("remedy", orNull(remedy));
      case Event.Skipped(String host, String kind, String summary, String because) ->
          change("skipped", time, host, kind).put("summary", summary).put("because", because);
      case Event.Finished finished ->
          named("finished", time)
              .put("cluster", finished.cluster())
              .put("ok", finished.failedHosts().isEmpty())
              .put("outcome", finished.outcome())
              .put("failedHosts", finished.failedHosts())
              .put("log", orNull(finished.log()));
    };
  }

  private static JsonObject named(String name, Instant time) {
    return Json.object().put("version", 1).put("event", name).put("time", Amounts.time(time));
  }

  private static JsonObject change(String name, Instant time, String host, String kind) {
    return named(name, time).put("host", orNull(host)).put("kind", orNull(kind));
  }

  private static Optional<String> orNull(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
