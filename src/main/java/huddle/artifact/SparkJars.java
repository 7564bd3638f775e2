package huddle.artifact;

import huddle.spark.SparkVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/// The jars that a Spark brings along.
///
/// @param files their names, `spark-core_2.13-4.3.0.jar`
public record SparkJars(SparkVersion spark, List<String> files) {
  private static final Pattern CORE = Pattern.compile("spark-core_([0-9.]+)-.*\\.jar");

  /// `log4j-1.2-api-2.25.4.jar` is no `log4j`.
  private static final Pattern NO_VERSION = Pattern.compile("[0-9.]+-[a-z]+-[0-9].*");

  public SparkJars {
    files = List.copyOf(files);
  }

  /// Those of a Spark in the cache.
  public static SparkJars of(SparkVersion spark, Path tar) {
    try (TarFile file = new TarFile(tar)) {
      return new SparkJars(
          spark,
          file.getEntries().stream()
              .map(TarArchiveEntry::getName)
              .filter(name -> name.startsWith("jars/") && name.endsWith(".jar"))
              .map(name -> name.substring("jars/".length()))
              .toList());
    } catch (IOException e) {
      throw Reason.unreadable(tar, e);
    }
  }

  /// The Scala it is built with, `2.13`; empty if it cannot be told.
  Optional<String> scala() {
    return files.stream()
        .map(CORE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  /// The version of an artifact that Spark has itself.
  Optional<String> version(String artifact) {
    String prefix = artifact + "-";
    return files.stream()
        .filter(file -> file.startsWith(prefix) && file.endsWith(".jar"))
        .map(file -> file.substring(prefix.length(), file.length() - ".jar".length()))
        .filter(rest -> !rest.isEmpty() && Character.isDigit(rest.charAt(0)))
        .filter(rest -> !NO_VERSION.matcher(rest).matches())
        .findFirst();
  }
}
