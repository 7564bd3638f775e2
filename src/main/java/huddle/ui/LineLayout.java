package huddle.ui;

/// One line of the live area: mark, host, what, progress, and the time at the right edge. Pure.
///
/// @param columns of the terminal
/// @param hostColumns that the longest host name takes
record LineLayout(Style style, int columns, int hostColumns) {
  // On a very wide terminal the time would stand too far from its line.
  private static final int WIDEST = 110;

  LineLayout {
    hostColumns = Math.min(hostColumns, Math.max(8, columns / 3));
  }

  /// At least one column shorter than the terminal is wide, so that no terminal wraps it. The text
  /// gives way first, then the progress.
  String line(String mark, String host, HostLine.Look look) {
    int room = Math.min(columns, WIDEST) - 1 - 2 - hostColumns - 2;
    int timeColumns = look.time().length() + 2;
    String progress = look.progress().isEmpty() ? "" : "  " + look.progress();
    int textColumns = room - timeColumns - progress.length();
    if (textColumns < 8 && !progress.isEmpty()) {
      progress = "";
      textColumns = room - timeColumns;
    }
    String text = style.cut(look.text(), textColumns) + progress;
    return begin(mark, host)
        + Columns.pad(text, room - timeColumns)
        + "  "
        + style.paint(Tone.DIM, look.time());
  }

  /// A line that stays and says all, however long: the terminal may wrap it.
  String whole(String mark, String host, String text) {
    return begin(mark, host) + text;
  }

  /// Words without a host, such as how many hosts are not shown.
  String words(String mark, String words) {
    return mark + " " + style.paint(Tone.DIM, style.cut(words, columns - 5));
  }

  private String begin(String mark, String host) {
    String name = Columns.pad(style.cut(host, hostColumns), hostColumns);
    return mark + " " + style.paint(Tone.STRONG, name) + "  ";
  }
}
