package huddle.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Aligned columns under a header. Never wraps: where the terminal is too narrow, the widest
/// columns give way, and what is left over is cut; whole columns never are. Pure.
///
/// @param header one for each column
/// @param rows each as long as the header
public record Table(List<Column> header, List<List<Cell>> rows) {
  private static final String GAP = "  ";
  // A column narrower than this says nothing.
  private static final int NARROWEST = 4;

  public Table {
    header = List.copyOf(header);
    int columns = header.size();
    rows = rows.stream().map(List::copyOf).toList();
    if (rows.stream().anyMatch(row -> row.size() != columns)) {
      throw new IllegalArgumentException("every row needs " + columns + " cells");
    }
  }

  /// @param right for numbers
  /// @param isWhole never cut, even where the line is then longer than the terminal
  public record Column(String name, boolean right, boolean isWhole) {
    /// A column of text.
    public static Column text(String name) {
      return new Column(name, false, false);
    }

    /// A column of numbers, aligned at the right.
    public static Column number(String name) {
      return new Column(name, true, false);
    }

    /// A column of what is told apart or pasted: the others give way to it.
    public static Column whole(String name) {
      return new Column(name, false, true);
    }
  }

  /// @param text of any origin: it is cleaned here
  public record Cell(String text, Tone tone) {
    public Cell {
      text = Columns.clean(text);
    }

    /// Text without a tone.
    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  /// Whole lines, without spaces at their ends.
  public String render(Style style, int columns) {
    int[] widths = widths(columns);
    StringBuilder text = new StringBuilder();
    List<Cell> names = header.stream().map(column -> new Cell(column.name(), Tone.DIM)).toList();
    text.append(line(names, widths, style)).append('\n');
    rows.forEach(row -> text.append(line(row, widths, style)).append('\n'));
    return text.toString();
  }

  private String line(List<Cell> cells, int[] widths, Style style) {
    StringBuilder line = new StringBuilder();
    // Spaces wait until something follows them, so that none end a line.
    StringBuilder spaces = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cut = style.cut(cells.get(i).text(), widths[i]);
      String fill = " ".repeat(widths[i] - Columns.width(cut));
      boolean right = header.get(i).right();
      spaces.append(right ? fill : "");
      if (!cut.isEmpty()) {
        line.append(spaces).append(style.paint(cells.get(i).tone(), cut));
        spaces.setLength(0);
      }
      spaces.append(right ? "" : fill).append(GAP);
    }
    return line.toString();
  }

  private int[] widths(int columns) {
    int[] widths =
        IntStream.range(0, header.size())
            .map(i -> {
              List<Cell> column = new ArrayList<>(List.of(Cell.of(header.get(i).name())));
              rows.forEach(row -> column.add(row.get(i)));
              return column.stream().mapToInt(cell -> Columns.width(cell.text())).max().orElse(0);
            })
            .toArray();
    int room = columns - GAP.length() * (widths.length - 1);
    while (IntStream.of(widths).sum() > room) {
      OptionalInt widest =
          IntStream.range(0, widths.length)
              .filter(i -> !header.get(i).isWhole() && widths[i] > NARROWEST)
              .reduce((a, b) -> widths[b] >= widths[a] ? b : a);
      if (widest.isEmpty()) {
        break;
      }
      widths[widest.getAsInt()]--;
    }
    return widths;
  }
}
