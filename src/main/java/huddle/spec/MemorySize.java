package huddle.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of memory, at least 1 MiB, written as Spark writes it: `512m`, `24g`, `1t`.
public record MemorySize(long mebibytes) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})([mgt])b?");

  public MemorySize {
    if (mebibytes < 1) {
      throw new IllegalArgumentException("memory of at least 1 MiB, not " + mebibytes);
    }
  }

  /// Reads `24g`; empty if the text is not a size.
  public static Optional<MemorySize> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    long mebibytes =
        switch (matcher.group(2)) {
          case "m" -> number;
          case "g" -> number * 1024;
          default -> number * 1024 * 1024;
        };
    return mebibytes < 1 ? Optional.empty() : Optional.of(new MemorySize(mebibytes));
  }

  /// As Spark reads it, in whole gibibytes where it is one.
  @Override
  public String toString() {
    return mebibytes % 1024 == 0 ? mebibytes / 1024 + "g" : mebibytes + "m";
  }
}
