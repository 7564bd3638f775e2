package huddle.artifact;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `pip config list` says, files and environment together. Pure.
record PipConfig(Map<String, String> values) {
  /// Nothing configured.
  static final PipConfig NONE = new PipConfig(Map.of());

  PipConfig {
    values = Map.copyOf(values);
  }

  /// Reads lines like `global.index-url='https://…'`; others are ignored.
  static PipConfig parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line -> {
          int equals = line.indexOf('=');
          values.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1)));
        });
    return new PipConfig(values);
  }

  /// A setting; the environment wins, then what is said of downloading, then what holds for all.
  Optional<String> get(String setting) {
    for (String section : new String[] {":env:.", "download.", "install.", "global."}) {
      String value = values.getOrDefault(section + setting, "").strip();
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /// Whether a switch is on.
  boolean isOn(String setting) {
    return get(setting).filter(value -> value.matches("(?i)1|true|yes|on")).isPresent();
  }

  // Python's repr of a text.
  private static String unquoted(String text) {
    String value = text.strip();
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '\'' || value.charAt(0) == '"')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(['\"\\\\])", "$1")
        : value;
  }
}
