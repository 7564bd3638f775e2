package huddle.facts;

import huddle.event.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the probe printed, taken apart but not understood. Lines are `key<TAB>value…`; a text of
/// several lines is `text<TAB>name` and then hexadecimal lines that begin with a space; digests are
/// as `sha256sum` prints them, with `file<TAB>path` before one that has no path of its own. Lines
/// that are none of these are left out.
final class FactLines {
  private static final int MOST_CHARACTERS = 4 << 20;
  private static final int LONGEST_LINE = 16_384;
  private static final int DIGEST_LENGTH = 64;
  private static final String FIRST = "huddle-facts\t1";
  private static final String LAST = "end\t1";

  private final Map<String, List<List<String>>> lines = new HashMap<>();
  private final Map<String, StringBuilder> texts = new HashMap<>();
  private final Map<String, String> digests = new LinkedHashMap<>();

  private FactLines() {}

  /// @param host for failures
  /// @throws Failure if the output is not the probe's, or not all of it
  static FactLines read(String host, String output) {
    if (output.length() > MOST_CHARACTERS) {
      throw broken(host, "is longer than that of any host", "");
    }
    List<String> all = output.lines().toList();
    if (all.isEmpty() || !all.getFirst().equals(FIRST)) {
      throw broken(host, "does not begin with `huddle-facts 1`", output);
    }
    if (!all.getLast().equals(LAST)) {
      throw broken(host, "breaks off after " + all.size() + " lines", output);
    }
    FactLines facts = new FactLines();
    String name = "";
    for (String line : all) {
      if (line.length() <= LONGEST_LINE && isClean(line)) {
        name = facts.add(line, name);
      }
    }
    return facts;
  }

  private static Failure broken(String host, String how, String output) {
    return new Failure(
        host,
        "what the probe printed " + how,
        "run the command again; if it stays so, see in the log what the host printed",
        output);
  }

  private static boolean isClean(String line) {
    return line.chars().allMatch(c -> c == '\t' || !Character.isISOControl(c));
  }

  /// Returns the name that the next lines without one belong to.
  private String add(String line, String name) {
    if (line.startsWith(" ")) {
      texts.computeIfPresent(name, (n, hex) -> hex.append(line));
      return name;
    }
    if (isDigest(line)) {
      String path = line.substring(DIGEST_LENGTH + 2);
      digests.putIfAbsent(path.equals("-") ? name : path, line.substring(0, DIGEST_LENGTH));
      return "";
    }
    List<String> fields = List.of(line.split("\t", -1));
    String key = fields.getFirst();
    List<String> values = fields.subList(1, fields.size());
    if (values.isEmpty()) {
      return "";
    }
    if (key.equals("text")) {
      texts.put(values.getFirst(), new StringBuilder());
      return values.getFirst();
    }
    lines.computeIfAbsent(key, k -> new ArrayList<>()).add(values);
    return key.equals("file") ? values.getFirst() : "";
  }

  private static boolean isDigest(String line) {
    return line.length() > DIGEST_LENGTH + 2
        && line.startsWith("  ", DIGEST_LENGTH)
        && line.chars().limit(DIGEST_LENGTH).allMatch(HexFormat::isHexDigit)
        && line.indexOf('\t') < 0;
  }

  /// Every line of the key that has at least so many values.
  List<List<String>> all(String key, int fewest) {
    return lines.getOrDefault(key, List.of()).stream().filter(v -> v.size() >= fewest).toList();
  }

  /// The first value of the key's first line.
  Optional<String> first(String key) {
    return all(key, 1).stream().map(List::getFirst).filter(v -> !v.isEmpty()).findFirst();
  }

  /// A text of several lines, byte for byte but for what is not UTF-8.
  Optional<String> text(String name) {
    StringBuilder hex = texts.get(name);
    if (hex == null) {
      return Optional.empty();
    }
    String digits = hex.toString().replace(" ", "");
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.empty();
    }
    return Optional.of(new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8));
  }

  /// SHA-256 by path below the root.
  Map<String, String> digests() {
    return digests;
  }
}
