package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.artifact.MavenTree.Library;
import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What goes along with a Spark, and what is refused.
class PackageSelectionTest {
  private static final SparkJars SPARK =
      new SparkJars(
          new SparkVersion(4, 3, 0),
          List.of(
              "spark-core_2.13-4.3.0.jar",
              "spark-sql_2.13-4.3.0.jar",
              "guava-33.4.8-jre.jar",
              "jackson-core-2.21.2.jar",
              "log4j-1.2-api-2.25.4.jar",
              "hive-exec-2.3.10-core.jar",
              "scala-library-2.13.18.jar",
              "RoaringBitmap-1.6.10.jar"));

  /// As Maven wrote it for a Delta of another day, shortened.
  private static final String TREE =
      """
      huddle:packages:pom:1
      +- io.delta:delta-spark_2.13:jar:4.4.0:compile
      |  +- org.scala-lang:scala-library:jar:2.13.17:compile
      |  +- io.delta:delta-storage:jar:4.4.0:compile
      |  |  \\- io.unitycatalog:unitycatalog-client:jar:0.6.0:compile
      |  \\- io.delta:delta-kernel-api:jar:4.4.0:compile
      |     +- org.roaringbitmap:RoaringBitmap:jar:0.9.25:compile
      |     |  \\- org.roaringbitmap:shims:jar:0.9.25:runtime
      |     \\- com.fasterxml.jackson.core:jackson-core:jar:2.13.5:compile
      \\- org.example:native:jar:linux-x86_64:1.0:compile (optional)
         +- org.example:settings:pom:1.0:compile
         \\- org.example:checks:jar:1.0:provided
      """;

  @Test
  void whatSparkHasStaysOut() {
    PackageSelection selection = PackageSelection.of(MavenTree.parse(TREE), SPARK);
    assertThat(selection.wanted().stream().map(Library::coordinate).map(Coordinate::toString))
        .containsExactly(
            "io.delta:delta-spark_2.13:4.4.0",
            "io.delta:delta-storage:4.4.0",
            "io.unitycatalog:unitycatalog-client:0.6.0",
            "io.delta:delta-kernel-api:4.4.0",
            "org.roaringbitmap:shims:0.9.25",
            "org.example:native:1.0");
    assertThat(selection.wanted().stream().filter(Library::direct).map(l -> l.classifier()))
        .containsExactly(java.util.Optional.empty(), java.util.Optional.of("linux-x86_64"));
    assertThat(selection.notes())
        .containsExactly(
            "2 libraries were left out, as Spark has its own",
            "Spark's own comes first: RoaringBitmap 1.6.10 in place of 0.9.25");
  }

  @Test
  void aVersionIsNotPartOfAName() {
    assertThat(SPARK.version("log4j")).isEmpty();
    assertThat(SPARK.version("log4j-1.2-api")).contains("2.25.4");
    assertThat(SPARK.version("hive-exec")).contains("2.3.10-core");
    assertThat(SPARK.version("spark")).isEmpty();
    assertThat(SPARK.scala()).contains("2.13");
  }

  @Test
  void clashesAreSentences() {
    refused("io.delta:delta-spark_2.12:3.3.2")
        .hasMessage(
            "io.delta:delta-spark_2.12:3.3.2 is built for Scala 2.12; Spark 4.3.0 runs on Scala"
                + " 2.13")
        .extracting(Failure::remedy)
        .isEqualTo("write io.delta:delta-spark_2.13:3.3.2, if there is such a one");
    refused("org.apache.spark:spark-avro_2.13:4.2.0")
        .hasMessage(
            "org.apache.spark:spark-avro_2.13:4.2.0 belongs to Spark 4.2.0, and the cluster has"
                + " 4.3.0")
        .extracting(Failure::remedy)
        .isEqualTo("write org.apache.spark:spark-avro_2.13:4.3.0");
    refused("com.google.guava:guava:31.1-jre")
        .hasMessage(
            "com.google.guava:guava:31.1-jre cannot be used: Spark 4.3.0 brings guava 33.4.8-jre"
                + " itself, and its own comes first");
    refused("a:b:1", "a:b:2").hasMessage("a:b:1 and a:b:2 exclude each other");
  }

  @Test
  void aNeededLibraryOfAnotherScalaIsRefusedByTheNameOfWhatNeedsIt() {
    List<Library> tree =
        MavenTree.parse(
            """
            huddle:packages:pom:1
            \\- a:b:jar:1:compile
               \\- c:d_2.12:jar:2:compile
            """);
    assertThatThrownBy(() -> PackageSelection.of(tree, SPARK))
        .hasMessage(
            "c:d_2.12:2, which a:b:1 needs, is built for Scala 2.12; Spark 4.3.0 runs on Scala"
                + " 2.13");
  }

  @Test
  void aNameThatSaysAnotherLineOfSparkIsAWarning() {
    assertThat(check("org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0"))
        .containsExactly(
            "org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0 is made for Spark 4.1, and"
                + " the cluster has 4.3.0");
    assertThat(check("a:b-4.3_2.13:1", "org.apache.spark:spark-avro_2.13:4.3.0")).isEmpty();
  }

  @Test
  void whatADescriptionSaysOfSpark() {
    String pom =
        """
        <dependencies>
          <dependency><groupId>org.apache.spark</groupId>
            <artifactId>spark-hive_2.13</artifactId>
            <version>4.2.0</version><scope>provided</scope></dependency>
        </dependencies>
        """;
    assertThat(MavenPom.sparkLine(pom)).contains("4.2");
    assertThat(MavenPom.sparkLine(pom.replace("4.2.0", "${spark.version}"))).isEmpty();
    assertThat(MavenPom.sparkLine("<dependency>".repeat(10_000))).isEmpty();
  }

  @Test
  void maliciousTreesAreJustNoLibraries() {
    assertThat(MavenTree.parse("+- a:b\n+- a:b:jar:../x y:1:compile\n" + "|".repeat(5_000)))
        .isEmpty();
  }

  private static List<String> check(String... coordinates) {
    return PackageSelection.check(Arrays.stream(coordinates).map(Coordinate::of).toList(), SPARK);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, Failure> refused(
      String... coordinates) {
    return assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> check(coordinates))
        .withNoCause()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.throwable(Failure.class));
  }
}
