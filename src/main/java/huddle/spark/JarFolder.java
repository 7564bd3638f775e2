package huddle.spark;

import java.util.List;
import java.util.TreeSet;

/// Where the JVM libraries of a cluster lie below a root. The name follows from what was asked for,
/// so that a plan knows it without asking anybody.
public final class JarFolder {
  /// What such folders begin with.
  public static final String PREFIX = "jars-";

  private JarFolder() {}

  /// @param coordinates `group:artifact:version` each, in any order
  public static String name(SparkVersion spark, List<String> coordinates) {
    String request = spark + "\n" + String.join("\n", new TreeSet<>(coordinates));
    return PREFIX + ConfFile.sha256(request).substring(0, 12);
  }
}
