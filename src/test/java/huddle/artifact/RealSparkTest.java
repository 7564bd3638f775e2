package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.spec.SparkSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real index that this machine's pip or uv is configured for.
@Tag("spark")
class RealSparkTest {
  @TempDir Path folder;

  @Test
  void fetchesTheNewestSparkAndArrangesIt() throws Exception {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("XDG_CACHE_HOME", folder.toString());
    OperatorEnvironment environment =
        new OperatorEnvironment(variables, OperatorEnvironment.current().home());
    SparkSource source = SparkSource.of(SparkSpec.DEFAULT, environment);
    String newest = source.newest();
    assertThat(newest).startsWith("4.");
    assertThat(source.cached(newest)).isEmpty();
    String identity = source.identity(newest);

    List<String> steps = new ArrayList<>();
    SparkBundle bundle =
        source.fetch(
            newest,
            (text, done, total) -> {
              if (steps.isEmpty() || !steps.getLast().equals(text)) {
                steps.add(text);
              }
            });

    assertThat(bundle.identity()).isEqualTo(identity).startsWith("pypi sha256:");
    assertThat(steps)
        .containsExactly(
            "Fetching Spark " + newest, "Checking Spark " + newest, "Arranging Spark " + newest);
    assertThat(Files.size(bundle.tar())).isEqualTo(bundle.bytes()).isGreaterThan(300_000_000);
    assertThat(source.fetch(newest, Progress.SILENT)).isEqualTo(bundle);

    List<String> names = new ArrayList<>();
    Map<String, Integer> modes = new HashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(Files.newInputStream(bundle.tar()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
        modes.put(entry.getName(), entry.getMode());
      }
    }
    assertThat(names)
        .contains(
            "bin/spark-submit",
            "jars/spark-core_2.13-" + newest + ".jar",
            "python/pyspark/__init__.py",
            "python/lib/pyspark.zip",
            "examples/src/main/python/pi.py",
            "sbin/spark-daemon.sh",
            "data/mllib/kmeans_data.txt",
            "RELEASE")
        .noneMatch(name -> name.startsWith("deps") || name.contains("egg-info"));
    assertThat(modes.get("bin/spark-class")).isEqualTo(0755);
    assertThat(modes.get("jars/spark-core_2.13-" + newest + ".jar")).isEqualTo(0644);
    try (var files = Files.list(folder.resolve("huddle/spark"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("the package itself is gone")
          .noneMatch(name -> name.contains("download"));
    }
  }
}
