package huddle.spec;

import static huddle.spec.Problem.quoted;

import huddle.spec.ShortForms.At;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// A YAML tree to any record whose components carry @Key. Every problem is reported; what is wrong
/// is then read as if it were not there, so that the rest is looked at too.
final class RecordReader {
  /// Aliases let a small file say very much.
  private static final int VALUE_LIMIT = 100_000;

  private final Problems problems;
  private final ScalarReader scalars;
  private final Map<String, At> places = new HashMap<>();
  private final IdentityHashMap<Object, At> origins = new IdentityHashMap<>();
  private final Map<Class<?>, Map<String, SpecKey>> known = new HashMap<>();
  private int read;

  RecordReader(Problems problems) {
    this.problems = problems;
    this.scalars = new ScalarReader(problems);
  }

  /// Where the value with this path is, if the file has it.
  Optional<At> placeOf(String path) {
    return Optional.ofNullable(places.get(path));
  }

  /// Where a record that was read here stands.
  At originOf(Object read) {
    return Objects.requireNonNull(origins.get(read));
  }

  /// The values of a record's components by name; what is missing or wrong and has no default is
  /// left out.
  Map<String, Object> values(Class<?> owner, Yaml.Mapping mapping, At at) throws Unreadable {
    Map<String, SpecKey> keys = keys(owner);
    Map<String, Object> values = new HashMap<>();
    for (Yaml.Entry entry : mapping.entries()) {
      String name = entry.key().value();
      At here = new At(entry.key().place(), inside(at.path(), name));
      SpecKey key = keys.get(name);
      if (key == null) {
        unknown(name, keys, here);
      } else {
        places.put(here.path(), here);
        value(key, key.type(), entry.value(), here).ifPresent(v -> values.put(name, v));
      }
    }
    for (SpecKey key : keys.values()) {
      boolean given = mapping.entries().stream().anyMatch(e -> e.key().value().equals(key.name()));
      if (key.fallback().isPresent()) {
        values.putIfAbsent(key.name(), key.fallback().get());
      } else if (!given) {
        problems.add(
            at.place(),
            inside(at.path(), key.name()),
            "is missing; write " + key.name() + ": " + key.example());
      }
    }
    return values;
  }

  private Map<String, SpecKey> keys(Class<?> owner) {
    return known.computeIfAbsent(
        owner,
        record -> {
          Map<String, SpecKey> keys = new LinkedHashMap<>();
          SpecKey.of(record).forEach(key -> keys.put(key.name(), key));
          return keys;
        });
  }

  /// The record, if there is a value for each of its components.
  static Optional<Object> build(Class<?> owner, Map<String, Object> values) {
    RecordComponent[] components = owner.getRecordComponents();
    if (values.size() < components.length) {
      return Optional.empty();
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments =
        Arrays.stream(components)
            .map(c -> Objects.requireNonNull(values.get(c.getName())))
            .toArray();
    try {
      return Optional.of(owner.getDeclaredConstructor(types).newInstance(arguments));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Object> value(SpecKey key, Type type, Yaml value, At at) throws Unreadable {
    if (++read > VALUE_LIMIT) {
      throw new Unreadable(at.place(), "says too much: more than " + VALUE_LIMIT + " values");
    }
    if (value instanceof Yaml.Text text && text.isNull()) {
      return problems.none(
          at,
          "has no value; "
              + (key.fallback().isPresent()
                  ? "write one or take the key out"
                  : "write one, as " + key.example()));
    }
    Class<?> raw = SpecKey.raw(type);
    if (raw == Optional.class) {
      return value(key, SpecKey.element(type), value, at).map(Optional::of);
    }
    if (raw == OptionalInt.class) {
      return scalars.number(key, value, at).map(OptionalInt::of);
    }
    if (raw == int.class || raw == Integer.class) {
      return scalars.number(key, value, at).map(n -> n);
    }
    if (raw == Boolean.class) {
      return scalars.truth(value, at).map(t -> t);
    }
    if (raw == String.class) {
      return scalars.text(key, value, at).map(t -> t);
    }
    if (raw == MemorySize.class) {
      return scalars.text(key, value, at).flatMap(MemorySize::parse).map(size -> size);
    }
    if (raw == List.class) {
      return list(key, SpecKey.element(type), value, at).map(items -> items);
    }
    if (raw == Map.class) {
      return map(key, value, at).map(entries -> entries);
    }
    if (raw.isRecord()) {
      List<Object> records = records(raw, value, at);
      return records.size() <= 1
          ? records.stream().findFirst()
          : problems.none(at, "names " + records.size() + " hosts; write one");
    }
    throw new IllegalStateException("no way to read " + type);
  }

  private List<Object> records(Class<?> record, Yaml value, At at) throws Unreadable {
    List<Object> records = new ArrayList<>();
    for (Yaml.Mapping mapping : ShortForms.maps(record, value, at, problems)) {
      Optional<Object> built = build(record, values(record, mapping, at));
      built.ifPresent(one -> {
        origins.put(one, at);
        records.add(one);
      });
    }
    return records;
  }

  private Optional<List<Object>> list(SpecKey key, Type element, Yaml value, At at)
      throws Unreadable {
    Class<?> raw = SpecKey.raw(element);
    if (value instanceof Yaml.Text && ShortForms.has(raw)) {
      return Optional.of(records(raw, value, at));
    }
    if (!(value instanceof Yaml.Sequence sequence)) {
      return problems.none(at, "is " + value.kind() + "; write a list, as " + key.example());
    }
    if (sequence.items().isEmpty() && raw.isRecord()) {
      return problems.none(at, "is empty; write at least one, as " + key.example());
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Yaml item = sequence.items().get(i);
      At here = new At(item.place(), at.path() + "[" + i + "]");
      places.put(here.path(), here);
      if (item instanceof Yaml.Text text && text.isNull()) {
        problems.add(here.place(), here.path(), "has no value; write one or take the entry out");
      } else if (raw.isRecord()) {
        items.addAll(records(raw, item, here));
        if (items.size() > HostPattern.LIMIT) {
          return problems.none(
              here, "is one too many: a cluster has " + HostPattern.LIMIT + " Workers at most");
        }
      } else {
        value(key, element, item, here).ifPresent(items::add);
      }
    }
    return Optional.of(items);
  }

  private Optional<Map<String, String>> map(SpecKey key, Yaml value, At at) throws Unreadable {
    if (!(value instanceof Yaml.Mapping mapping)) {
      return problems.none(at, "is " + value.kind() + "; write a map, as " + key.example());
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (Yaml.Entry entry : mapping.entries()) {
      String name = entry.key().value();
      At here = new At(entry.key().place(), inside(at.path(), name));
      Optional<String> wrong = Rules.names(key).check().apply(name);
      wrong.ifPresent(why -> problems.add(here.place(), here.path(), why));
      value(key, String.class, entry.value(), here)
          .ifPresent(text -> entries.put(name, (String) text));
    }
    return Optional.of(entries);
  }

  private void unknown(String name, Map<String, SpecKey> keys, At at) {
    problems.add(
        at.place(),
        at.path(),
        Spelling.nearest(name, keys.keySet())
            .map(word -> "unknown key; did you mean " + word + "?")
            .orElse("unknown key; there are " + String.join(", ", keys.keySet())));
  }

  private static String inside(String path, String key) {
    String shown = key.matches("[A-Za-z0-9_.-]{1,80}") ? key : quoted(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
