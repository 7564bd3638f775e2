package huddle.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a library's description says of the Spark it was built with.
final class MavenPom {
  private static final int LIMIT = 1 << 20;
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.{1,4000}?)</dependency>", Pattern.DOTALL);
  private static final Pattern SPARK =
      Pattern.compile("<artifactId>\\s*spark-(?:core|sql|hive|catalyst)_[0-9.]+\\s*</artifactId>");
  private static final Pattern VERSION =
      Pattern.compile("<version>\\s*([0-9]+\\.[0-9]+)\\.[0-9]+\\s*</version>");

  private MavenPom() {}

  /// Its line, `4.2`; empty where the description does not say so in plain words.
  static Optional<String> sparkLine(Path pom) {
    try (InputStream in = Files.newInputStream(pom)) {
      return sparkLine(new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> sparkLine(String pom) {
    Matcher dependency = DEPENDENCY.matcher(pom);
    while (dependency.find()) {
      String text = dependency.group(1);
      Matcher version = VERSION.matcher(text);
      if (text.contains(">org.apache.spark<") && SPARK.matcher(text).find() && version.find()) {
        return Optional.of(version.group(1));
      }
    }
    return Optional.empty();
  }
}
