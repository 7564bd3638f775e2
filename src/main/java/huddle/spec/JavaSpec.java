package huddle.spec;

import java.util.Optional;

/// Which Java runs Spark on the hosts. By default the newest suitable one that a host has, else one
/// that Huddle brings.
public record JavaSpec(
    @Key(value = "major version; default: the newest that Spark allows", example = "17")
        Optional<Integer> version,
    @Key(
            value = "archive or folder of a JDK on this machine, for hosts that have none",
            example = "~/jdk-25.tar.gz")
        Optional<String> source) {
  /// Whatever suits.
  public static final JavaSpec DEFAULT = new JavaSpec(Optional.empty(), Optional.empty());
}
