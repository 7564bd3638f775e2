package huddle.artifact;

import huddle.event.Failure;
import java.util.regex.Pattern;

/// Guards the versions that become part of file names and addresses.
final class VersionName {
  private static final Pattern NAME = Pattern.compile("[0-9][0-9A-Za-z.+_-]{0,60}");

  private VersionName() {}

  /// The text itself if it may stand in a file's name and an address.
  static String checked(String text) {
    if (!NAME.matcher(text).matches()) {
      throw Failure.of(
          "\"" + text + "\" is not a version of Spark", "write one as spark: {version: 4.3.0}");
    }
    return text;
  }
}
