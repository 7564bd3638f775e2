package huddle.spec;

import java.util.Optional;

/// Which Spark, and from where.
///
/// @param source `pypi`, `apache`, or the path of a tarball or folder on the operator's machine
public record SparkSpec(
    @Key(value = "3.5 or later; default: the newest stable 4.x", example = "4.3.0")
        Optional<String> version,
    @Key(value = "pypi, apache, or the path of a tarball or folder of Spark", example = "pypi")
        String source) {
  /// The newest, from the Python index.
  public static final SparkSpec DEFAULT = new SparkSpec(Optional.empty(), "pypi");
}
