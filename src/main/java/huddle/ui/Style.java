package huddle.ui;

import java.util.List;

/// How text may look on one stream.
///
/// @param color whether SGR sequences are written
/// @param unicode whether marks beyond ASCII are written; text itself is UTF-8 in any case
public record Style(boolean color, boolean unicode) {
  /// No colour, no marks beyond ASCII.
  public static final Style PLAIN = new Style(false, false);

  private static final List<String> SPINNER =
      List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
  private static final List<String> ASCII_SPINNER = List.of("|", "/", "-", "\\");

  /// The text in its tone. Text from outside must be clean ([Columns#clean]) and cut before.
  public String paint(Tone tone, String text) {
    return color && !tone.sgr().isEmpty() && !text.isEmpty()
        ? "\u001B[" + tone.sgr() + "m" + text + "\u001B[0m"
        : text;
  }

  /// `…`, or three dots.
  public String ellipsis() {
    return unicode ? "…" : "...";
  }

  /// The picture of a spinner at a count of ticks.
  String spinner(long tick) {
    List<String> pictures = unicode ? SPINNER : ASCII_SPINNER;
    return pictures.get((int) Math.floorMod(tick, (long) pictures.size()));
  }

  /// The text cut to a number of columns, with an ellipsis where something is missing.
  public String cut(String text, int columns) {
    if (Columns.width(text) <= columns) {
      return text;
    }
    String end = ellipsis().length() < columns ? ellipsis() : "";
    return Columns.first(text, Math.max(0, columns - end.length())).stripTrailing() + end;
  }
}
