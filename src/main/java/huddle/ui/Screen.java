package huddle.ui;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The terminal as one thing: lines that stay and scroll up, and below them an area that is drawn
/// over in place. Everything printed on the terminal goes through here, so that nothing lands
/// inside the area. The cursor always rests at the start of the line below the area and is never
/// hidden: a process killed at any moment leaves a sane terminal.
///
/// Each change is one write. Sequences used: cursor up, erase to the end of line, erase below.
final class Screen {
  private static final String ERASE_BELOW = "\u001B[J";
  private static final String ERASE_LINE = "\u001B[K";

  private final PrintStream stream;
  private final List<String> waiting = new ArrayList<>();
  private List<String> area = List.of();
  private int drawn;
  private boolean held;
  private boolean inLine;

  Screen(PrintStream stream) {
    this.stream = stream;
  }

  /// Adds lines that stay and shows a new area below them.
  ///
  /// @param lines of any length: the terminal may wrap them
  /// @param newArea each line shorter than the terminal is wide, fewer lines than it has
  synchronized void show(List<String> lines, List<String> newArea) {
    waiting.addAll(lines);
    boolean changed = !waiting.isEmpty() || !newArea.equals(area);
    area = List.copyOf(newArea);
    if (changed && !held && !inLine) {
      draw();
    }
  }

  /// Prints on a stream that goes to the same terminal.
  synchronized void print(PrintStream target, String text) {
    if (drawn > 0) {
      write(stream, up() + ERASE_BELOW);
      drawn = 0;
    }
    write(target, text);
    inLine = !text.isEmpty() && !text.endsWith("\n");
    if (!held && !inLine) {
      draw();
    }
  }

  /// Whether someone talks with the user.
  synchronized boolean isHeld() {
    return held;
  }

  /// Takes the area away while someone talks with the user, and brings it back after.
  <T> T aside(Supplier<T> talk) {
    synchronized (this) {
      held = true;
      print(stream, "");
    }
    try {
      return talk.get();
    } finally {
      synchronized (this) {
        held = false;
        inLine = false; // the user's Enter ended the line
        draw();
      }
    }
  }

  private void draw() {
    if (waiting.isEmpty() && area.isEmpty() && drawn == 0) {
      return;
    }
    StringBuilder frame = new StringBuilder(up());
    if (!waiting.isEmpty()) {
      frame.append(ERASE_BELOW);
      waiting.forEach(line -> frame.append(line).append('\n'));
      waiting.clear();
    }
    area.forEach(line -> frame.append(line).append(ERASE_LINE).append('\n'));
    frame.append(drawn > area.size() ? ERASE_BELOW : "");
    drawn = area.size();
    write(stream, frame.toString());
  }

  private String up() {
    return drawn == 0 ? "" : "\r\u001B[" + drawn + "A";
  }

  private static void write(PrintStream target, String text) {
    if (!text.isEmpty()) {
      target.print(text);
      target.flush();
    }
  }
}
