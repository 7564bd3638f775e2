package huddle.ui;

import java.util.List;

/// What to do next, after success. Pure.
///
/// @param hints the most useful first; three are shown
public record Hints(List<Hint> hints) {
  private static final int MOST = 3;

  public Hints {
    hints = List.copyOf(hints);
  }

  /// @param command as it is typed: `huddle status`
  /// @param what it is good for, a few words
  public record Hint(String command, String what) {}

  /// Whole lines; commands are never cut.
  public String render(Style style, int columns) {
    List<Hint> shown = hints.stream().limit(MOST).toList();
    int widest = shown.stream().mapToInt(hint -> Columns.width(hint.command())).max().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(shown.isEmpty() ? "" : style.paint(Tone.DIM, "next:") + "\n");
    for (Hint hint : shown) {
      int room = columns - 2 - widest - 2;
      String what = room < 12 ? "" : style.cut(hint.what(), room);
      text.append("  ");
      text.append(
          what.isEmpty()
              ? hint.command()
              : Columns.pad(hint.command(), widest) + "  " + style.paint(Tone.DIM, what));
      text.append('\n');
    }
    return text.toString();
  }
}
