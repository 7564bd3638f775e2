package huddle.facts;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads numbers that a host sent: digits and nothing else, or no number.
final class Numbers {
  private static final int MOST_DIGITS = 18;

  private Numbers() {}

  static OptionalLong natural(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /// At most so much.
  static OptionalInt natural(String text, int most) {
    OptionalLong number = natural(text);
    return number.isPresent() && number.getAsLong() <= most
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }
}
