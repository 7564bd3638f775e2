package huddle.spec;

import huddle.spec.Yaml.Place;
import huddle.ssh.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// A record given as one text instead of a map, and hosts given as ranges: both become the maps
/// that they stand for.
final class ShortForms {
  /// The key that a lone text is the value of.
  private static final Map<Class<?>, Function<String, String>> KEY_OF_TEXT =
      Map.of(
          SparkSpec.class, text -> startsWithDigit(text) ? "version" : "source",
          JavaSpec.class, text -> startsWithDigit(text) ? "version" : "source",
          PythonSpec.class, text -> text.contains("/") ? "path" : "version",
          NotebookSpec.class, text -> text.contains("/") ? "folder" : "host",
          ServiceSpec.class, text -> "enabled");

  private ShortForms() {}

  /// The keys that a lone text may be the value of; for a host it is more than one value.
  static List<String> keysOfText(Class<?> record) {
    Function<String, String> key = KEY_OF_TEXT.get(record);
    return key == null
        ? List.of()
        : Stream.of("1", "/").map(key).distinct().sorted().toList().reversed();
  }

  /// Whether one text can stand for the whole record.
  static boolean has(Class<?> record) {
    return record == HostSpec.class || KEY_OF_TEXT.containsKey(record);
  }

  /// The maps that the value stands for: one, or several where it is a range of hosts; none where
  /// it is wrong, and then the problem is reported.
  static List<Yaml.Mapping> maps(Class<?> record, Yaml value, At at, Problems problems) {
    return switch (value) {
      case Yaml.Mapping mapping ->
          record == HostSpec.class ? ranges(mapping, at, problems) : List.of(mapping);
      case Yaml.Text text when record == HostSpec.class ->
          switch (HostPattern.of(text.value())) {
            case HostPattern.Hosts(List<Destination> destinations) ->
                destinations.stream().map(d -> map(d, text.place())).toList();
            case HostPattern.Wrong(String why) -> at.none(problems, why);
          };
      case Yaml.Text text when KEY_OF_TEXT.containsKey(record) -> {
        String key = KEY_OF_TEXT.getOrDefault(record, t -> t).apply(text.value());
        yield List.of(
            new Yaml.Mapping(text.place(), List.of(entry(text.place(), key, text.value()))));
      }
      case Yaml.Text _, Yaml.Sequence _ ->
          at.none(problems, "is " + value.kind() + "; " + wanted(record));
    };
  }

  private static String wanted(Class<?> record) {
    List<String> keys = SpecKey.of(record).stream().map(SpecKey::name).toList();
    String text = record == HostSpec.class ? "user@host:port or " : has(record) ? "text or " : "";
    return "write " + text + "a map with the keys " + String.join(", ", keys);
  }

  /// Where a value is: its place in the file and its path.
  record At(Place place, String path) {
    private List<Yaml.Mapping> none(Problems problems, String why) {
      problems.add(place, path, why);
      return List.of();
    }
  }

  private static List<Yaml.Mapping> ranges(Yaml.Mapping mapping, At at, Problems problems) {
    for (int i = 0; i < mapping.entries().size(); i++) {
      Yaml.Entry entry = mapping.entries().get(i);
      if (entry.key().value().equals("host")
          && entry.value() instanceof Yaml.Text host
          && host.value().matches(".*[\\[\\]].*")) {
        try {
          List<Yaml.Mapping> hosts = new ArrayList<>();
          for (String name : HostRanges.names(host.value())) {
            List<Yaml.Entry> entries = new ArrayList<>(mapping.entries());
            entries.set(i, new Yaml.Entry(entry.key(), new Yaml.Text(host.place(), name, false)));
            hosts.add(new Yaml.Mapping(mapping.place(), entries));
          }
          return hosts;
        } catch (HostRanges.Bad e) {
          return new At(entry.key().place(), at.path() + ".host").none(problems, e.why());
        }
      }
    }
    return List.of(mapping);
  }

  private static Yaml.Mapping map(Destination destination, Place place) {
    List<Yaml.Entry> entries = new ArrayList<>();
    entries.add(entry(place, "host", destination.host()));
    destination.user().ifPresent(user -> entries.add(entry(place, "user", user)));
    destination.port().ifPresent(port -> entries.add(entry(place, "port", Integer.toString(port))));
    return new Yaml.Mapping(place, entries);
  }

  private static Yaml.Entry entry(Place place, String key, String value) {
    return new Yaml.Entry(new Yaml.Text(place, key, false), new Yaml.Text(place, value, false));
  }

  private static boolean startsWithDigit(String text) {
    return !text.isEmpty() && Character.isDigit(text.charAt(0));
  }
}
