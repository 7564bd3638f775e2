package huddle.spark;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the Master's `/json/`. The text is hostile input: whoever took the port may have written
/// it.
public final class MasterJson {
  private static final int LIMIT = 16 * 1024 * 1024;
  private static final int ENTRIES = 10_000;

  private MasterJson() {}

  /// The state; empty if the text is not a Master's (Spark answers unknown paths with an HTML page
  /// and code 200).
  public static Optional<MasterState> parse(String text) {
    if (text.length() > LIMIT || !text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    Map<String, Object> json;
    try {
      json = JSON.std.mapFrom(text);
    } catch (IOException | RuntimeException e) {
      // Too deep, cut off or no JSON at all: the caller asks again or says that it is no Master.
      return Optional.empty();
    }
    if (!(json.get("url") instanceof String url)
        || !(json.get("status") instanceof String status)) {
      return Optional.empty();
    }
    List<MasterState.Worker> workers = new ArrayList<>();
    for (Map<?, ?> worker : objects(json.get("workers"))) {
      workers.add(
          new MasterState.Worker(
              string(worker, "id"),
              string(worker, "host"),
              (int) number(worker, "port"),
              string(worker, "state"),
              (int) number(worker, "cores"),
              (int) number(worker, "coresused"),
              number(worker, "memory"),
              number(worker, "memoryused")));
    }
    return Optional.of(
        new MasterState(
            url,
            status,
            workers,
            applications(json.get("activeapps")),
            applications(json.get("completedapps")),
            objects(json.get("activedrivers")).size()));
  }

  private static List<MasterState.Application> applications(
      @org.jspecify.annotations.Nullable Object value) {
    List<MasterState.Application> applications = new ArrayList<>();
    for (Map<?, ?> application : objects(value)) {
      applications.add(
          new MasterState.Application(
              string(application, "id"),
              string(application, "name"),
              string(application, "user"),
              string(application, "state"),
              (int) number(application, "cores"),
              number(application, "memoryperexecutor"),
              number(application, "starttime")));
    }
    return applications;
  }

  private static List<Map<?, ?>> objects(@org.jspecify.annotations.Nullable Object value) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map && objects.size() < ENTRIES) {
          objects.add(map);
        }
      }
    }
    return objects;
  }

  private static String string(Map<?, ?> object, String key) {
    return object.get(key) instanceof String text ? text : "";
  }

  private static long number(Map<?, ?> object, String key) {
    return object.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
