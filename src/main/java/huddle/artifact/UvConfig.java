package huddle.artifact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The default index that a uv.toml names. Reads of TOML what such files use for it. Pure.
///
/// @param url of the index; may hold a login
/// @param name under which the environment may hold its login
record UvConfig(String url, Optional<String> name) {
  private static final Pattern PAIR =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|true|false)");

  /// Empty if the file leaves the default as it is.
  static Optional<UvConfig> parse(String toml) {
    List<Map<String, String>> indexes = new ArrayList<>();
    Map<String, String> top = new HashMap<>();
    Map<String, String> pip = new HashMap<>();
    Map<String, String> table = top;
    String inline = "";
    boolean atTop = true;
    for (String raw : toml.lines().toList()) {
      String line = raw.strip();
      if (line.startsWith("[[")) {
        atTop = false;
        table = new HashMap<>();
        if (line.matches("\\[\\[\\s*index\\s*]].*")) {
          indexes.add(table);
        }
      } else if (line.startsWith("[") && inline.isEmpty()) {
        atTop = false;
        table = line.matches("\\[\\s*pip\\s*].*") ? pip : new HashMap<>();
      } else if (atTop && (!inline.isEmpty() || line.matches("index\\s*=\\s*\\[.*"))) {
        inline += line + "\n";
        if (inlineEnds(line)) {
          indexes.addAll(tables(inline));
          inline = "";
        }
      } else if (!line.startsWith("#")) {
        table.putAll(pairs(line));
      }
    }
    return indexes.stream()
        .filter(index -> "true".equals(index.get("default")) && index.containsKey("url"))
        .findFirst()
        .map(index -> new UvConfig(text(index, "url"), Optional.ofNullable(index.get("name"))))
        .or(() -> plain(top))
        .or(() -> plain(pip));
  }

  private static Optional<UvConfig> plain(Map<String, String> table) {
    return Optional.ofNullable(table.get("index-url"))
        .map(url -> new UvConfig(url, Optional.empty()));
  }

  private static String text(Map<String, String> table, String key) {
    return table.getOrDefault(key, "");
  }

  private static boolean inlineEnds(String line) {
    return line.replaceAll("\"[^\"]*\"|'[^']*'", "").replaceAll("#.*", "").strip().endsWith("]");
  }

  private static List<Map<String, String>> tables(String inline) {
    List<Map<String, String>> tables = new ArrayList<>();
    Matcher matcher = Pattern.compile("\\{([^{}]*)}").matcher(inline);
    while (matcher.find()) {
      tables.add(pairs(matcher.group(1)));
    }
    return tables;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    Matcher matcher = PAIR.matcher(text);
    while (matcher.find()) {
      String value = matcher.group(2);
      boolean quoted = value.startsWith("\"") || value.startsWith("'");
      pairs.put(matcher.group(1), quoted ? value.substring(1, value.length() - 1) : value);
    }
    return pairs;
  }

  /// The login that the environment holds for a named index.
  Optional<Credentials> login(OperatorEnvironment environment) {
    return name.map(n -> "UV_INDEX_" + n.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
        .flatMap(prefix ->
            environment
                .get(prefix + "_PASSWORD")
                .map(password ->
                    new Credentials(environment.get(prefix + "_USERNAME").orElse(""), password)));
  }
}
