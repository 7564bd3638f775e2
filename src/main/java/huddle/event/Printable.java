package huddle.event;

/// Makes text from hosts, files and the network safe to print: no terminal escapes, no control
/// characters, no bidirectional overrides.
public final class Printable {
  private static final int LINE_LIMIT = 2_000;

  private Printable() {}

  /// One line: control characters and line breaks become spaces, escapes vanish, length is bounded.
  public static String line(String text) {
    String clean = text(text).replace('\n', ' ').strip();
    return clean.length() <= LINE_LIMIT ? clean : clean.substring(0, LINE_LIMIT) + "…";
  }

  /// Several lines: as [#line] but line breaks and tabs stay and nothing is cut.
  public static String text(String text) {
    // CSI and OSC sequences first, so that their printable tails vanish with them.
    String noEscapes =
        text.replaceAll("\u001B\\[[0-?]*[ -/]*[@-~]", "")
            .replaceAll("\u001B\\][^\u0007\u001B]*(\u0007|\u001B\\\\)?", "")
            .replace("\r\n", "\n")
            .replace('\r', '\n');
    StringBuilder clean = new StringBuilder(noEscapes.length());
    noEscapes
        .codePoints()
        .filter(c -> c == '\n' || c == '\t' || !isUnsafe(c))
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /// Whether a terminal may take a character for more than text: control characters, bidirectional
  /// overrides, half a character.
  public static boolean isUnsafe(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isISOControl(codePoint)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
