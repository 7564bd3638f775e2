package huddle.ui;

import java.io.PrintStream;

/// One output stream and what it can show.
public final class Surface {
  private final PrintStream stream;
  private final boolean tty;
  private final Style style;
  private final int columns;
  private final int rows;
  private final Screen screen;

  Surface(PrintStream stream, Screen screen, boolean tty, Style style, Size size) {
    this.stream = stream;
    this.screen = screen;
    this.tty = tty;
    this.style = style;
    this.columns = tty ? size.columns() : Integer.MAX_VALUE;
    this.rows = size.rows();
  }

  /// Prints text as it is; safe beside live lines, from any thread.
  public void print(String text) {
    if (tty) {
      screen.print(stream, text);
    } else {
      stream.print(text);
      stream.flush();
    }
  }

  /// Prints text and a line break.
  public void println(String text) {
    print(text + "\n");
  }

  /// The stream itself, for bytes that are passed on untouched; not safe beside live lines.
  public PrintStream stream() {
    return stream;
  }

  /// Whether a person watches.
  public boolean tty() {
    return tty;
  }

  /// Colours and marks.
  public Style style() {
    return style;
  }

  /// Columns that a line may take; no bound where nobody watches.
  public int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  Screen screen() {
    return screen;
  }

  record Size(int columns, int rows) {}
}
