package huddle.artifact;

import java.io.IOException;

/// Something whose content can be gone through once, in its own order.
interface Source {
  /// For messages: a path or a file's name.
  String name();

  /// @throws TarWriter.UnreadableException if it is cut off, damaged or cannot be read
  /// @throws Hostile if it holds what no honest archive does
  void each(Visitor visitor) throws IOException, Hostile;

  /// Takes one entry after the other.
  @FunctionalInterface
  interface Visitor {
    void visit(Entry entry) throws IOException, Hostile;
  }
}
