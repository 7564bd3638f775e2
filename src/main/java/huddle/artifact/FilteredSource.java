package huddle.artifact;

import java.io.IOException;

/// A source whose files are looked at or changed as they pass.
record FilteredSource(Source source, Filter filter) implements Source {
  /// Takes one file after the other.
  @FunctionalInterface
  interface Filter {
    /// @return the file, with bytes that were not read yet
    Entry.File pass(Entry.File file) throws IOException;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public void each(Visitor visitor) throws IOException, Hostile {
    source.each(
        entry -> visitor.visit(entry instanceof Entry.File file ? filter.pass(file) : entry));
  }
}
