package huddle.artifact;

import huddle.event.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Watches what goes into a SPARK_HOME, to know its version and that it is whole.
final class SparkContents {
  private static final Pattern CORE = Pattern.compile("jars/spark-core_[0-9.]+-(.+)\\.jar");
  private static final Pattern HADOOP = Pattern.compile("jars/hadoop-client-api-([0-9.]+)\\.jar");

  private String version = "";
  private String hadoop = "";
  private boolean sparkClass;
  private boolean python;
  private boolean py4j;
  private boolean release;

  void see(String name) {
    Matcher core = CORE.matcher(name);
    if (core.matches()) {
      version = core.group(1);
    }
    Matcher client = HADOOP.matcher(name);
    if (client.matches()) {
      hadoop = client.group(1);
    }
    sparkClass |= name.equals("bin/spark-class");
    python |= name.equals("python/pyspark/__init__.py");
    py4j |= name.matches("python/lib/py4j-[^/]+\\.zip");
    release |= name.equals("RELEASE");
  }

  /// The text of the RELEASE file that it lacks.
  Optional<String> missingRelease() {
    return release
        ? Optional.empty()
        : Optional.of(
            "Spark " + version + (hadoop.isEmpty() ? "" : " built for Hadoop " + hadoop) + "\n");
  }

  /// Its version.
  ///
  /// @param from for messages
  /// @throws Failure if it is no whole Spark
  String version(String from) {
    Optional<String> lack = lack();
    if (lack.isPresent()) {
      throw Failure.of(
          from + " is no whole Spark: it has no " + lack.get(),
          "name a release of Spark with its Python side, such as spark-4.3.0-bin-hadoop3.tgz");
    }
    return VersionName.checked(version);
  }

  private Optional<String> lack() {
    if (version.isEmpty()) {
      return Optional.of("jars/spark-core_*.jar");
    }
    if (!sparkClass) {
      return Optional.of("bin/spark-class");
    }
    if (!python) {
      return Optional.of("python/pyspark");
    }
    return py4j ? Optional.empty() : Optional.of("python/lib/py4j-*.zip");
  }
}
