package huddle.artifact;

import huddle.event.Failure;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The order of Spark's releases. Pure.
///
/// @param text as the release is called: `4.3.0`
record SparkVersion(int major, int minor, int patch, String text)
    implements Comparable<SparkVersion> {
  private static final Pattern STABLE =
      Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4})");
  private static final Pattern NAME = Pattern.compile("[0-9][0-9A-Za-z.+_-]{0,60}");

  private static final Comparator<SparkVersion> ORDER =
      Comparator.comparingInt(SparkVersion::major)
          .thenComparingInt(SparkVersion::minor)
          .thenComparingInt(SparkVersion::patch);

  /// A stable release; empty for previews, candidates and whatever else.
  static Optional<SparkVersion> stable(String text) {
    Matcher matcher = STABLE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new SparkVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                text))
        : Optional.empty();
  }

  /// The newest stable release of the line that Huddle chooses by itself.
  static Optional<String> newest(Collection<String> versions) {
    return versions.stream()
        .flatMap(text -> stable(text).stream())
        .filter(version -> version.major() == 4)
        .max(Comparator.naturalOrder())
        .map(SparkVersion::text);
  }

  /// The text itself if it may stand in a file's name and an address.
  static String checked(String text) {
    if (!NAME.matcher(text).matches()) {
      throw Failure.of(
          "\"" + text + "\" is not a version of Spark", "write one as spark: {version: 4.3.0}");
    }
    return text;
  }

  @Override
  public int compareTo(SparkVersion other) {
    return ORDER.compare(this, other);
  }
}
