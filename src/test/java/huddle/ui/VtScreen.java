package huddle.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A small terminal: what a person would see after some output. Knows only the sequences that the
/// live lines use and refuses every other one.
final class VtScreen {
  private static final Pattern CSI = Pattern.compile("\u001B\\[([0-9;]*)([A-Za-z])");

  private final int columns;
  private final int rows;
  // One text per column; the second column of a wide character is empty.
  private final List<String[]> lines = new ArrayList<>();
  private int row;
  private int column;
  private boolean wrapPending;

  VtScreen(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  VtScreen feed(String output) {
    Matcher csi = CSI.matcher(output);
    int at = 0;
    while (at < output.length()) {
      if (output.charAt(at) == '\u001B') {
        if (!csi.find(at) || csi.start() != at) {
          throw new AssertionError("unknown sequence at " + at + " of " + output);
        }
        sequence(csi.group(1), csi.group(2));
        at = csi.end();
      } else {
        int codePoint = output.codePointAt(at);
        character(codePoint);
        at += Character.charCount(codePoint);
      }
    }
    return this;
  }

  /// Everything shown, what scrolled away too, without spaces at the ends of lines.
  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(String.join("", line).stripTrailing()).append('\n'));
    return text.toString().stripTrailing() + "\n";
  }

  /// Whether the cursor rests at the start of an empty line below everything.
  boolean restsBelow() {
    return column == 0
        && lines.stream().skip(row).allMatch(line -> String.join("", line).isBlank());
  }

  private void sequence(String parameters, String end) {
    switch (end) {
      case "m" -> {}
      case "A" -> {
        int up = parameters.isEmpty() ? 1 : Integer.parseInt(parameters);
        // A terminal cannot go above its first visible row.
        row = Math.max(Math.max(0, lines.size() - rows), row - up);
        wrapPending = false;
      }
      case "K" -> Arrays.fill(line(), column, columns, " ");
      case "J" -> {
        Arrays.fill(line(), column, columns, " ");
        lines.subList(row + 1, lines.size()).forEach(line -> Arrays.fill(line, " "));
      }
      default -> throw new AssertionError("unknown sequence CSI " + parameters + end);
    }
  }

  private void character(int codePoint) {
    if (codePoint == '\n' || codePoint == '\r') {
      // The tty driver adds the carriage return.
      row += codePoint == '\n' ? 1 : 0;
      column = 0;
      wrapPending = false;
      line();
      return;
    }
    if (Character.isISOControl(codePoint)) {
      throw new AssertionError("control character " + codePoint);
    }
    String glyph = Character.toString(codePoint);
    int width = Columns.width(glyph);
    if (wrapPending || column + width > columns) {
      character('\n');
    }
    if (width > 0) {
      line()[column] = glyph;
      if (width == 2) {
        line()[column + 1] = "";
      }
    }
    wrapPending = column + width >= columns;
    column = wrapPending ? columns - 1 : column + width;
  }

  private String[] line() {
    while (lines.size() <= row) {
      String[] line = new String[columns];
      Arrays.fill(line, " ");
      lines.add(line);
    }
    return lines.get(row);
  }
}
