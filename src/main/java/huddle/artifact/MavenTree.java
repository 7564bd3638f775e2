package huddle.artifact;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Maven's `dependency:tree` wrote as text. Lines that are none of a library are left out.
final class MavenTree {
  /// More than any honest set of libraries has.
  static final int LIMIT = 2_000;

  private static final Pattern LINE =
      Pattern.compile(
          "([|+\\\\ -]{3,300})([^\\s:]+):([^\\s:]+):([^\\s:]+):(?:([^\\s:]+):)?([^\\s:]+):([a-z]+)"
              + "(?: .*)?");

  private MavenTree() {}

  /// A library and why it is there.
  ///
  /// @param type `jar` for a library
  /// @param scope `compile`, `runtime` …
  /// @param direct whether it was asked for, or is there for another
  record Library(
      Coordinate coordinate,
      String type,
      Optional<String> classifier,
      String scope,
      boolean direct) {
    /// Whether it belongs on a class path.
    boolean counts() {
      return type.equals("jar") && (scope.equals("compile") || scope.equals("runtime"));
    }
  }

  static List<Library> parse(String text) {
    return text.lines().flatMap(line -> library(line).stream()).limit(LIMIT).toList();
  }

  private static Optional<Library> library(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Library(
            new Coordinate(matcher.group(2), matcher.group(3), matcher.group(6)),
            matcher.group(4),
            Optional.ofNullable(matcher.group(5)),
            matcher.group(7),
            matcher.group(1).length() == 3));
  }
}
