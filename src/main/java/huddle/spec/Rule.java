package huddle.spec;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What the text of one value must be.
///
/// @param pattern for the whole text, in the words that Java and JavaScript share: editors check it
/// @param check why the text is wrong, as a sentence that begins with the text; empty: it is right
record Rule(String pattern, Function<String, Optional<String>> check) {

  /// Java's regular expressions use stack for repeated groups: hostile text must not exhaust it.
  private static final int LONGEST = 1024;

  /// Right is exactly what the pattern takes; what it does not take is explained.
  static Rule of(String pattern, UnaryOperator<String> explain) {
    Pattern compiled = Pattern.compile(pattern);
    return new Rule(
        pattern,
        text ->
            text.length() > LONGEST
                ? Optional.of("is longer than " + LONGEST + " characters")
                : compiled.matcher(text).matches()
                    ? Optional.empty()
                    : Optional.of(explain.apply(text)));
  }

  /// A whole number within bounds.
  record Whole(int least, int most, String what) {
    Optional<String> check(String text) {
      boolean right =
          text.matches("[0-9]{1,9}")
              && Integer.parseInt(text) >= least
              && Integer.parseInt(text) <= most;
      return right
          ? Optional.empty()
          : Optional.of(
              Problem.quoted(text)
                  + " is not "
                  + what
                  + "; write a number from "
                  + least
                  + " to "
                  + most);
    }
  }
}
