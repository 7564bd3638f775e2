package huddle.spark;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A release of Spark, `4.3.0`.
public record SparkVersion(int major, int minor, int patch) implements Comparable<SparkVersion> {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

  /// Reads `4.3.0`; empty for anything else, development and release-candidate versions included.
  public static Optional<SparkVersion> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new SparkVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /// The newest stable release of the line that Huddle chooses by itself.
  public static Optional<String> newest(Collection<String> versions) {
    return versions.stream()
        .flatMap(text -> parse(text).stream())
        .filter(version -> version.major() == 4)
        .max(Comparator.naturalOrder())
        .map(SparkVersion::toString);
  }

  /// The line it belongs to, `4.3`.
  public String line() {
    return major + "." + minor;
  }

  /// Whether it is of this line or a later one.
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  @Override
  public int compareTo(SparkVersion other) {
    return Comparator.comparingInt(SparkVersion::major)
        .thenComparingInt(SparkVersion::minor)
        .thenComparingInt(SparkVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
