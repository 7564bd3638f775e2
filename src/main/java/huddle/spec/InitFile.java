package huddle.spec;

import huddle.event.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The huddle.yaml that `init` writes: what was asked for, and every other key commented out with
/// its default or an example. Taking a "# " away makes a line count.
///
/// @param name of the cluster
/// @param schema path or URL of the JSON Schema, as editors resolve it: relative to the file
/// @param spark the version to pin; empty: none is
/// @param master as typed
/// @param workers as typed, ranges too; at least one
public record InitFile(
    String name, String schema, Optional<String> spark, String master, List<Entry> workers) {
  private static final int COMMENT_COLUMN = 34;
  private static final String COMMENTED = "# ";

  /// What YAML, or an editor, would not take as text.
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  public InitFile {
    workers = List.copyOf(workers);
  }

  /// A Worker's host.
  ///
  /// @param host as typed: `worker.one`, `me@10.0.0.7:2222`, `worker[1-8]`
  /// @param comment such as `8 cores, 31g, Debian 12, Java 25, Python 3.11`; may be empty; comes
  ///   from hosts and is made harmless here
  public record Entry(String host, String comment) {}

  /// The file's text.
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# yaml-language-server: $schema=" + Printable.line(schema));
    lines.add(
        "# What this cluster is to be: `huddle plan` shows what is missing, `huddle up` does it.");
    lines.add("# What is commented out shows what can be said, with its default or an example.");
    lines.add("name: " + scalar(name));
    lines.add("master: " + scalar(master));
    lines.add("workers:");
    workers.forEach(w -> lines.add(commented("  - " + scalar(w.host()), w.comment())));
    lines.addAll(host());
    for (SpecKey key : SpecKey.of(ClusterSpec.class)) {
      if (key.fallback().isPresent()) {
        lines.addAll(section(key));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /// A host as a map, which is how one says more of it.
  private static List<String> host() {
    List<String> lines = new ArrayList<>();
    for (SpecKey key : SpecKey.of(HostSpec.class)) {
      String lead = lines.isEmpty() ? "  # - " : "  #   ";
      String value = lines.isEmpty() ? "another.host" : shown(key);
      lines.add(commented(lead + key.name() + ": " + value, key.about()));
    }
    return lines;
  }

  private List<String> section(SpecKey section) {
    Class<?> type = SpecKey.raw(section.type());
    if (type == ServiceSpec.class) {
      return List.of(commented(COMMENTED + section.name() + ": true", section.about()));
    }
    if (!type.isRecord() && type != Map.class) {
      return List.of(
          commented(COMMENTED + section.name() + ": " + section.example(), section.about()));
    }
    if (type == Map.class) {
      // {TZ: UTC} as a map in lines of its own.
      String example = section.example().replaceAll("[{}]", "");
      return List.of(
          commented(COMMENTED + section.name() + ":", section.about()), COMMENTED + "  " + example);
    }
    Map<String, String> given =
        type == SparkSpec.class
            ? spark.map(version -> Map.of("version", scalar(version))).orElse(Map.of())
            : Map.of();
    List<String> lines = new ArrayList<>();
    String off = given.isEmpty() ? COMMENTED : "";
    lines.add(commented(off + section.name() + ":", section.about()));
    for (SpecKey key : SpecKey.of(type)) {
      String line =
          given.containsKey(key.name())
              ? "  " + key.name() + ": " + given.get(key.name())
              : (off.isEmpty() ? "  " + COMMENTED : off + "  ") + key.name() + ": " + shown(key);
      lines.add(commented(line, key.about()));
    }
    return lines;
  }

  private static String shown(SpecKey key) {
    return key.fallback()
        .filter(value -> value instanceof String || value instanceof Integer)
        .map(Object::toString)
        .orElse(key.example());
  }

  private static String commented(String line, String comment) {
    String clean = Printable.line(comment);
    if (clean.isEmpty()) {
      return line;
    }
    return line + " ".repeat(Math.max(1, COMMENT_COLUMN - line.length())) + "# " + clean;
  }

  /// Plain where YAML reads it back as the same text, in double quotes otherwise.
  private static String scalar(String text) {
    return text.matches("[A-Za-z0-9_](?:[A-Za-z0-9._@\\[\\],:-]*[A-Za-z0-9_\\]-])?")
            && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : "\"" + Printable.line(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
