package huddle.spec;

import static huddle.spec.Problem.quoted;

import huddle.event.Printable;

/// Rules for paths. Those on a host go through many scripts, Spark's included, and are kept to
/// letters that none of them takes for something else.
final class Paths {
  private static final String LETTER = "[\\p{L}\\p{N}._+@=-]";
  private static final String STEP = "/(?!\\.{1,2}(?:/|$))" + LETTER + "+";

  /// A folder on a host that Huddle owns, deep enough that nobody else's things are in it.
  static final Rule ROOT =
      Rule.of(
          "(?:~|" + STEP + ")(?:" + STEP + ")+/?",
          text ->
              text.matches("~/?|/[^/]*/?")
                  ? quoted(text)
                      + " is too wide: destroy removes the root; write a folder in it, as"
                      + " /data/huddle or ~/huddle"
                  : onHost(text));

  /// A folder or file on a host.
  static final Rule ON_HOST = Rule.of("~?(?:" + STEP + ")+/?", Paths::onHost);

  /// A file or folder on the operator's machine.
  static final Rule HERE = Rule.of("~?/[^\\u0000-\\u001f\\u007f\"']*", Paths::here);

  /// A file on the operator's machine, absolute or beside the cluster's file.
  static final Rule NEAR =
      Rule.of(
          "[^\\u0000-\\u001f\\u007f\"'-][^\\u0000-\\u001f\\u007f\"']*",
          text ->
              text.isEmpty()
                  ? "is empty; write a path"
                  : quoted(text)
                      + " begins with a hyphen, or holds a quote or a control character; write"
                      + " another path");

  /// A folder with the same path on every host, whatever home the login has there.
  static final Rule SHARED =
      Rule.of(
          "(?:" + STEP + "){2,}/?",
          text ->
              text.startsWith("~")
                  ? quoted(text)
                      + " is another folder on hosts with another home; write a path that is the"
                      + " same on all of them, as /data/shared"
                  : text.matches("/[^/]*/?")
                      ? quoted(text) + " is too wide; write a folder in it, as /data/shared"
                      : onHost(text));

  private Paths() {}

  /// One way to write a folder.
  static String withoutLastSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String onHost(String text) {
    if (!text.startsWith("/") && !text.startsWith("~/")) {
      return notAbsolute(text);
    }
    if (text.matches("(?s)(?:.*/)?\\.{1,2}(?:/.*)?")) {
      return quoted(text) + " holds a step of dots; write the path without it";
    }
    if (text.contains("//")) {
      return quoted(text) + " holds //; write one /";
    }
    return text.codePoints()
        .skip(text.startsWith("~") ? 1 : 0)
        .mapToObj(Character::toString)
        .filter(c -> !c.matches(LETTER + "|/"))
        .findFirst()
        .map(c ->
            quoted(text)
                + " holds "
                + character(c)
                + ", which scripts on hosts cannot cope with in a path; write another path")
        .orElse(quoted(text) + " is not a path; write one as /data/huddle or ~/huddle");
  }

  private static String here(String text) {
    return text.startsWith("/") || text.startsWith("~/")
        ? quoted(text) + " holds a quote or a control character; write another path"
        : notAbsolute(text);
  }

  private static String notAbsolute(String text) {
    if (text.startsWith("~")) {
      return quoted(text) + " names another login's home; write ~/… or /…";
    }
    return quoted(text) + " is not absolute; write /… or ~/…";
  }

  /// Names one character so that it can be seen.
  static String character(String c) {
    return switch (c) {
      case " " -> "a space";
      case "\t" -> "a tab";
      case "\n", "\r" -> "a line break";
      default -> Printable.line(c).isEmpty() ? "an invisible character" : "\"" + c + "\"";
    };
  }
}
