package huddle.spec;

import huddle.event.Printable;

/// Any bytes are a spec or a list of problems that may be printed; the same bytes always the same.
public final class SpecReaderFuzz {
  private SpecReaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] content) {
    Reading once = SpecReader.read("huddle.yaml", content);
    switch (once) {
      case Reading.Valid valid -> {
        if (valid.spec().hosts().isEmpty()) {
          throw new AssertionError("a spec without hosts");
        }
      }
      case Reading.Invalid invalid -> {
        if (invalid.problems().isEmpty()) {
          throw new AssertionError("neither a spec nor a problem");
        }
        for (Problem problem : invalid.problems()) {
          String text = problem.toString();
          if (!text.equals(Printable.text(text)) || text.indexOf('\n') >= 0) {
            throw new AssertionError("not safe to print: " + text);
          }
          if (problem.line() < 1 || problem.column() < 1 || problem.text().isEmpty()) {
            throw new AssertionError("says not where or what: " + text);
          }
        }
      }
    }
    if (!SpecReader.read("huddle.yaml", content).equals(once)) {
      throw new AssertionError("the same file read twice differs");
    }
  }
}
