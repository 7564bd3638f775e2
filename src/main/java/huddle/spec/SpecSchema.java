package huddle.spec;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The JSON Schema (draft 7, which editors know best) of huddle.yaml, from the records and rules
/// that read it. Completes and explains keys in an editor; the reader has the last word.
public final class SpecSchema {
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private SpecSchema() {}

  /// The schema, indented, with a last line break; the same text each time.
  public static String json() {
    try {
      return JSON.std
              .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
              .asString(new SpecSchema().root())
              .replace("\r\n", "\n")
          + "\n";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> root() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "huddle.yaml");
    root.put("description", "One Apache Spark cluster, as `huddle up` makes it");
    root.putAll(object(ClusterSpec.class));
    root.put("definitions", definitions);
    return root;
  }

  private Map<String, Object> object(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (SpecKey key : SpecKey.of(record)) {
      properties.put(key.name(), property(key));
      if (key.fallback().isEmpty()) {
        required.add(key.name());
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("additionalProperties", false);
    return object;
  }

  private Map<String, Object> property(SpecKey key) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("description", key.about());
    property.putAll(value(key, key.type()));
    key.fallback()
        .filter(value -> value instanceof String || value instanceof Integer)
        .ifPresent(value -> property.put("default", value));
    if (!key.example().isEmpty()) {
      property.put("examples", List.of(example(key)));
    }
    return property;
  }

  private Map<String, Object> value(SpecKey key, Type type) {
    Class<?> raw = SpecKey.raw(type);
    if (raw == Optional.class) {
      return value(key, SpecKey.element(type));
    }
    if (raw == OptionalInt.class || raw == int.class || raw == Integer.class) {
      Rule.Whole rule = Rules.number(key);
      return ordered("type", "integer", "minimum", rule.least(), "maximum", rule.most());
    }
    if (raw == Boolean.class) {
      return ordered("type", "boolean");
    }
    if (raw == List.class) {
      return list(key, SpecKey.element(type));
    }
    if (raw == Map.class) {
      return ordered(
          "type",
          "object",
          "propertyNames",
          Map.of("pattern", whole(Rules.names(key).pattern())),
          "additionalProperties",
          ordered("type", List.of("string", "number", "boolean")));
    }
    return raw.isRecord() && raw != MemorySize.class
        ? reference(raw)
        : text(Rules.text(key).pattern());
  }

  private Map<String, Object> list(SpecKey key, Type element) {
    Map<String, Object> items = value(key, element);
    Class<?> raw = SpecKey.raw(element);
    return raw.isRecord()
        ? ordered(
            "anyOf",
            List.of(ordered("type", "array", "minItems", 1, "items", items), text(HostRules.SHORT)))
        : ordered("type", "array", "items", items);
  }

  private Map<String, Object> reference(Class<?> record) {
    if (!definitions.containsKey(record.getSimpleName())) {
      Map<String, Object> object = object(record);
      List<Object> forms = new ArrayList<>();
      if (record == HostSpec.class) {
        forms.add(text(HostRules.SHORT));
      }
      SpecKey.of(record).stream()
          .filter(key -> ShortForms.keysOfText(record).contains(key.name()))
          .forEach(key -> forms.add(value(key, key.type())));
      forms.add(object);
      definitions.put(record.getSimpleName(), forms.size() == 1 ? object : ordered("anyOf", forms));
    }
    // In draft 7 nothing counts beside a bare $ref, and the description stands beside it.
    return ordered("allOf", List.of(Map.of("$ref", "#/definitions/" + record.getSimpleName())));
  }

  /// YAML takes 3.11 for a number; the reader takes it as it is written.
  private static Map<String, Object> text(String pattern) {
    boolean number = "3.11".matches(pattern) || "17".matches(pattern);
    return ordered(
        "type", number ? List.of("string", "number") : "string", "pattern", whole(pattern));
  }

  private static String whole(String pattern) {
    return "^(?:" + pattern + ")$";
  }

  private static Object example(SpecKey key) {
    try {
      byte[] yaml = key.example().getBytes(StandardCharsets.UTF_8);
      return plain(YamlReader.read(yaml, new Problems("example")));
    } catch (Unreadable e) {
      throw new IllegalStateException(key + ": " + e.text(), e);
    }
  }

  private static Object plain(Yaml value) {
    return switch (value) {
      case Yaml.Text text when text.plain() && text.value().matches("[0-9]{1,9}") ->
          Integer.valueOf(text.value());
      case Yaml.Text text -> text.value();
      case Yaml.Sequence list -> list.items().stream().map(SpecSchema::plain).toList();
      case Yaml.Mapping map -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.entries().forEach(e -> entries.put(e.key().value(), plain(e.value())));
        yield entries;
      }
    };
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
