package huddle.ui;

import huddle.event.Printable;

/// Text measured as a terminal shows it: wide characters and emoji take two columns, combining
/// marks none.
public final class Columns {
  private Columns() {}

  /// One printable line: as [Printable#line], tabs as spaces, and without variation selectors,
  /// whose width terminals disagree about.
  public static String clean(String text) {
    return Printable.line(text).replace('\t', ' ').replaceAll("[\\x{FE00}-\\x{FE0F}]", "");
  }

  /// Columns that clean text takes.
  public static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  /// As much of the text as fits into a number of columns.
  static String first(String text, int columns) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      used += width(codePoint);
      if (used > columns) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  /// The text with spaces after it, up to a number of columns.
  static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  private static int width(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> Character.isEmojiPresentation(codePoint) || isWide(codePoint) ? 2 : 1;
    };
  }

  // The blocks of Unicode's East Asian Width that are W or F as a whole, near enough: a character
  // counted as two that takes one only costs a space.
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || (c >= 0x2E80 && c <= 0x303E)
            || (c >= 0x3041 && c <= 0x4DBF)
            || (c >= 0x4E00 && c <= 0xA4CF)
            || (c >= 0xA960 && c <= 0xA97F)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF01 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x17000 && c <= 0x18CFF)
            || (c >= 0x1F300 && c <= 0x1F64F)
            || (c >= 0x1F900 && c <= 0x1F9FF)
            || (c >= 0x20000 && c <= 0x3FFFD));
  }
}
