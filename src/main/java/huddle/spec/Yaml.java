package huddle.spec;

import java.util.List;
import java.util.Set;

/// YAML as a tree of text with places: no type is guessed, so `3.10` stays `3.10`.
sealed interface Yaml {
  /// Where it begins.
  Place place();

  /// Says what it is, for a person: `a list`.
  String kind();

  /// Line and column, both from 1.
  record Place(int line, int column) {
    static final Place START = new Place(1, 1);
  }

  /// A scalar, as written.
  ///
  /// @param plain whether it stands without quotes
  record Text(Place place, String value, boolean plain) implements Yaml {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    /// Whether it is YAML's way to say nothing.
    boolean isNull() {
      return plain && NULLS.contains(value);
    }

    @Override
    public String kind() {
      return "text";
    }
  }

  /// A list.
  record Sequence(Place place, List<Yaml> items) implements Yaml {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /// A map; keys are distinct and in the file's order.
  record Mapping(Place place, List<Entry> entries) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  /// A key and its value.
  record Entry(Text key, Yaml value) {}
}
