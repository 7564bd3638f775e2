package huddle.spark;

import java.util.List;

/// What each line of Spark runs on. Source: Spark's release notes, checked by running 4.0 to 4.3.
public final class SparkRules {
  private SparkRules() {}

  /// Java majors that run this Spark, newest first. Java 25 needs the Hadoop that came with 4.2.
  public static List<Integer> javaMajors(SparkVersion version) {
    if (version.isAtLeast(4, 2)) {
      return List.of(25, 21, 17);
    }
    return version.isAtLeast(4, 0) ? List.of(21, 17) : List.of(17, 11, 8);
  }

  /// Whether its JVMs are started with `--add-modules=jdk.incubator.vector`, which many small
  /// runtimes lack.
  public static boolean needsVectorModule(SparkVersion version) {
    return version.isAtLeast(4, 0);
  }

  /// The oldest Python 3 minor that runs this Spark: 11 for Python 3.11.
  public static int oldestPythonMinor(SparkVersion version) {
    if (version.isAtLeast(4, 3)) {
      return 11;
    }
    if (version.isAtLeast(4, 1)) {
      return 10;
    }
    return version.isAtLeast(4, 0) ? 9 : 8;
  }

  /// The newest Python 3 minor that this Spark is known to run on. 3.5 uses `distutils`, gone in
  /// 3.12.
  public static int newestPythonMinor(SparkVersion version) {
    if (version.isAtLeast(4, 1)) {
      return 14;
    }
    return version.isAtLeast(4, 0) ? 13 : 11;
  }

  /// Whether Huddle can run it at all.
  public static boolean isSupported(SparkVersion version) {
    return version.isAtLeast(3, 5);
  }
}
