package huddle.artifact;

import huddle.event.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A library in a Maven repository, in one exact version.
record Coordinate(String group, String artifact, String version) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "([A-Za-z0-9_][A-Za-z0-9_.-]{0,200}):([A-Za-z0-9_][A-Za-z0-9_.-]{0,200})"
              + ":([A-Za-z0-9_][A-Za-z0-9_.+-]{0,100})");

  /// The Scala that an artifact is built for is the end of its name.
  private static final Pattern SCALA = Pattern.compile(".*_(2\\.[0-9]{1,2}|3)");

  /// Some say which line of Spark they are for: `iceberg-spark-runtime-4.1_2.13`.
  private static final Pattern LINE = Pattern.compile(".*[-_]([0-9]\\.[0-9]{1,2})_2\\.[0-9]{1,2}");

  static Coordinate of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches() || matcher.group(3).matches("LATEST|RELEASE")) {
      throw Failure.of(
          text + " is no library in one exact version",
          "write group:artifact:version, as org.postgresql:postgresql:42.7.8");
    }
    return new Coordinate(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  /// `2.13`, where the name says so.
  Optional<String> scala() {
    return first(SCALA);
  }

  /// `4.1`, where the name says so.
  Optional<String> sparkLine() {
    return first(LINE);
  }

  private Optional<String> first(Pattern pattern) {
    Matcher matcher = pattern.matcher(artifact);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// The artifact's name without the Scala it is for.
  String artifactWithoutScala() {
    return scala().isEmpty() ? artifact : artifact.substring(0, artifact.lastIndexOf('_'));
  }

  Coordinate withArtifact(String other) {
    return new Coordinate(group, other, version);
  }

  Coordinate withVersion(String other) {
    return new Coordinate(group, artifact, other);
  }

  boolean isSparks() {
    return group.equals("org.apache.spark");
  }

  @Override
  public String toString() {
    return group + ":" + artifact + ":" + version;
  }
}
