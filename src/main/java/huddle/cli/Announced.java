package huddle.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a command that goes on running says once it works: what `--json` prints for it.
///
/// @param fields in the order of the document, such as `url` and `token`
record Announced(Map<String, String> fields) {
  Announced {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// Of one address.
  static Announced url(String url) {
    return new Announced(Map.of("url", url));
  }

  /// The address.
  String url() {
    return fields.getOrDefault("url", "");
  }

  /// Whether one of its fields holds this.
  boolean holds(String text) {
    return fields.values().stream().anyMatch(value -> value.contains(text));
  }

  /// `{"version":1,…}` as a document.
  String document() {
    return Json.document(json());
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.putAll(fields);
    return json;
  }

  /// Reads [#json]; empty if it is none.
  static Optional<Announced> of(Map<?, ?> json) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      if (entry.getKey() instanceof String key && entry.getValue() instanceof String value) {
        fields.put(key, value);
      }
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Announced(fields));
  }

  static Map<String, Object> parse(String text) throws IOException {
    return JSON.std.mapFrom(text);
  }
}
