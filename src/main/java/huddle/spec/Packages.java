package huddle.spec;

import static huddle.spec.Problem.quoted;

/// Rules for libraries: of Python as pip names them, of the JVM as Maven does.
final class Packages {
  /// A requirement by name: no option, path or address, which would be read elsewhere than meant.
  static final Rule REQUIREMENT =
      Rule.of(
          "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\\[[A-Za-z0-9._, -]*\\])?"
              + " *(?:[<>=!~]=?[A-Za-z0-9.*+!_<>=~, -]*)?(?: *;[ A-Za-z0-9_.<>=!\"'()-]*)?",
          text ->
              quoted(text) + " is no requirement by name; write one as pandas or \"pandas>=2.2\"");

  /// `group:artifact:version`.
  static final Rule COORDINATE =
      Rule.of(
          "[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.+-]+",
          text ->
              quoted(text)
                  + " is no Maven coordinate; write group:artifact:version, as"
                  + " org.postgresql:postgresql:42.7.4");

  private Packages() {}
}
