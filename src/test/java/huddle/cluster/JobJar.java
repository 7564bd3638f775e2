package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/// A Java program for Spark, compiled against the jars of the Spark that tests keep.
final class JobJar {
  private static final String MAIN =
      """
      package example;

      import org.apache.spark.sql.SparkSession;
      import org.apache.spark.sql.api.java.UDF1;
      import org.apache.spark.sql.types.DataTypes;

      public final class Main {
        public static void main(String[] args) {
          SparkSession spark = SparkSession.builder().getOrCreate();
          spark.udf().register("plus", (UDF1<Long, Long>) x -> x + 1, DataTypes.LongType);
          long sum = spark.range(10).selectExpr("sum(plus(id))").collectAsList().get(0).getLong(0);
          System.out.println("SUM " + sum);
          System.err.println("said on stderr");
          spark.stop();
          System.exit(Integer.parseInt(args[0]));
        }
      }
      """;

  private JobJar() {}

  /// Makes `job.jar` in a folder.
  static void build(Path folder) throws IOException {
    Path work = Files.createDirectories(folder.resolve("job"));
    Path source =
        Files.writeString(
            Files.createDirectories(work.resolve("src/example")).resolve("Main.java"), MAIN);
    Path classes = Files.createDirectories(work.resolve("classes"));
    int exit =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK")
            .run(
                null,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "-proc:none",
                // The oldest Java that a host of this Spark may have.
                "--release",
                "17",
                "-cp",
                String.join(":", sparkJars(work)),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(exit).as("javac").isZero();
    try (ZipOutputStream jar =
            new ZipOutputStream(Files.newOutputStream(folder.resolve("job.jar")));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }

  private static List<String> sparkJars(Path work) throws IOException {
    List<String> jars = new ArrayList<>();
    try (TarFile tar = new TarFile(Operator.cache().resolve("huddle/spark/spark-4.3.0.tar"))) {
      for (TarArchiveEntry entry : tar.getEntries()) {
        if (entry
            .getName()
            .matches("jars/(?:spark-|scala-(?:library|reflect)|hadoop-client-api).*\\.jar")) {
          Path jar = work.resolve(entry.getName().substring("jars/".length()));
          Files.copy(tar.getInputStream(entry), jar);
          jars.add(jar.toString());
        }
      }
    }
    return jars;
  }
}
