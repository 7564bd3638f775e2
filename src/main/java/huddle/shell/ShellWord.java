package huddle.shell;

/// The one place that quotes words for POSIX sh.
public final class ShellWord {
  private ShellWord() {}

  /// The word in single quotes, safe for sh, dash, bash and busybox whatever it holds.
  ///
  /// @throws IllegalArgumentException if the word holds a NUL, which no argument can
  public static String quote(String word) {
    if (word.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a shell word cannot hold a NUL character");
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
