package huddle.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object under construction: keys keep the order they were put in.
public final class JsonObject {
  private final Map<String, @Nullable Object> entries = new LinkedHashMap<>();

  JsonObject() {}

  /// Adds a key; each key once.
  public JsonObject put(String key, @Nullable Object value) {
    if (entries.containsKey(key)) {
      throw new IllegalArgumentException("the key is there already: " + key);
    }
    entries.put(key, value);
    return this;
  }

  /// What was put, in order.
  public Map<String, @Nullable Object> entries() {
    return Collections.unmodifiableMap(entries);
  }
}
