package huddle.spec;

import huddle.event.Printable;
import java.util.Comparator;

/// One thing wrong in huddle.yaml. Its text is safe to print.
///
/// @param file as the person named it
/// @param line from 1
/// @param column from 1, in characters
/// @param path of the value, as `workers[2].memory` with the first entry at 0; empty for the file
///   as a whole
/// @param text what is wrong and what to write
public record Problem(String file, int line, int column, String path, String text) {
  /// As they stand in the file.
  static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  private static final int QUOTE_LIMIT = 60;

  public Problem {
    file = Printable.line(file);
    path = Printable.line(path);
    text = Printable.line(text);
  }

  /// A value as shown in a problem: in double quotes, harmless and short.
  static String quoted(String value) {
    String clean = Printable.line(value);
    int points = clean.codePointCount(0, clean.length());
    return points <= QUOTE_LIMIT
        ? "\"" + clean + "\""
        : "\"" + clean.substring(0, clean.offsetByCodePoints(0, QUOTE_LIMIT)) + "…\"";
  }

  /// `huddle.yaml:12:5 workers[2].memory: "24 gigs" is not a size; write 24g`.
  @Override
  public String toString() {
    String place = file + ":" + line + ":" + column + " ";
    return path.isEmpty() ? place + text : place + path + ": " + text;
  }
}
