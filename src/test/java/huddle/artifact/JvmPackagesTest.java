package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages resolved by a Maven that is a script: it answers as the real one does.
class JvmPackagesTest {
  private static final SparkVersion VERSION = new SparkVersion(4, 3, 0);
  private static final SparkJars SPARK =
      new SparkJars(VERSION, List.of("spark-core_2.13-4.3.0.jar", "guava-33.4.8-jre.jar"));
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>"$LOG"
      for word; do
        case $word in
          -DoutputFile=*) printf '%s' "$TREE" >"${word#*=}" ;;
          -DoutputDirectory=*)
            folder=${word#*=}
            echo jar >"$folder/org.example.json_2.13-1.2.jar"
            echo '<dependency><groupId>org.apache.spark</groupId><artifactId>spark-sql_2.13</artifactId><version>4.1.2</version></dependency>' \
              >"$folder/org.example.json_2.13-1.2.pom" ;;
        esac
      done
      [ -z "$ERROR" ] || { echo "$ERROR"; exit 1; }
      """;
  private static final String TREE =
      """
      huddle:packages:pom:1
      \\- org.example:json_2.13:jar:1.2:compile
         \\- com.google.guava:guava:jar:33.0.0:compile
      """;

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void installMaven() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path mvn = Files.writeString(bin.resolve("mvn"), MAVEN);
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    variables.put("PATH", bin + ":/usr/bin:/bin");
    variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    variables.put("LOG", folder.resolve("log").toString());
    variables.put("TREE", TREE);
    variables.put("ERROR", "");
  }

  private JvmPackages packages() {
    return new JvmPackages(new OperatorEnvironment(variables, folder));
  }

  @Test
  void resolvedOnceThenFromTheCache() throws IOException {
    List<String> asked = List.of("org.example:json_2.13:1.2");
    assertThat(packages().cached(VERSION, asked)).isEmpty();
    JvmBundle bundle = packages().resolve(asked, SPARK, Progress.SILENT);
    assertThat(bundle.folder()).matches("jars-[0-9a-f]{12}");
    assertThat(bundle.jars()).containsExactly("org.example.json_2.13-1.2.jar");
    assertThat(bundle.notes()).containsExactly("1 library was left out, as Spark has its own");
    assertThat(bundle.warnings())
        .containsExactly(
            "org.example:json_2.13:1.2 is made for Spark 4.1, and the cluster has 4.3.0");
    try (TarFile tar = new TarFile(bundle.tar())) {
      assertThat(tar.getEntries()).extracting(e -> e.getName()).isEqualTo(bundle.jars());
    }
    Files.delete(folder.resolve("bin/mvn"));
    assertThat(packages().resolve(asked, SPARK, Progress.SILENT)).isEqualTo(bundle);
    assertThat(packages().cached(VERSION, asked)).contains(bundle);
    assertThat(Files.readAllLines(folder.resolve("log"))).hasSize(2);
    assertThat(folder.resolve("cache/huddle/packages")).isDirectoryNotContaining("glob:**.work");
  }

  @Test
  void theSameRequestInAnotherOrderIsTheSameFolder() {
    List<String> asked = new ArrayList<>(List.of("a:b:1", "c:d:2"));
    variables.put("TREE", "huddle:packages:pom:1\n");
    String first = packages().resolve(asked, SPARK, Progress.SILENT).folder();
    assertThat(packages().cached(VERSION, asked.reversed())).map(b -> b.folder()).contains(first);
    assertThat(packages().cached(new SparkVersion(4, 2, 1), asked)).isEmpty();
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws IOException {
    Files.delete(folder.resolve("bin/mvn"));
    variables.put("PATH", folder.resolve("bin").toString());
    Failure failure = refused("a:b:1");
    assertThat(failure.what()).contains("no mvn on its PATH");
    assertThat(failure.remedy()).contains("apt install maven");
  }

  @Test
  void whatDoesNotResolveIsNamedWithMavensReason() {
    variables.put(
        "ERROR",
        "[ERROR] Failed to execute goal on project packages: Could not resolve dependencies for"
            + " project huddle:packages:pom:1: Could not find artifact a:b:jar:9.9 in mirror"
            + " (https://ada:s3cret@repo.example/maven2) -> [Help 1]\n[ERROR] \n");
    Failure failure = refused("a:b:9.9", "c:d:1");
    assertThat(failure.what())
        .isEqualTo(
            "a:b:9.9 does not resolve; Maven says: Could not find artifact a:b:jar:9.9 in mirror"
                + " (https://repo.example/maven2)");
    assertThat(failure.remedy()).contains("settings.xml");
    assertThat(packages().cached(VERSION, List.of("a:b:9.9", "c:d:1"))).isEmpty();
  }

  @Test
  void aMavenThatFetchesLessThanItSaidIsRefused() {
    variables.put("TREE", TREE + "\\- c:d:jar:2:compile\n".indent(0));
    assertThat(refused("org.example:json_2.13:1.2", "c:d:2").what())
        .isEqualTo("Maven fetched 1 of 2 libraries");
  }

  @Test
  void whatIsNoCoordinateIsRefused() {
    for (String wrong : List.of("a:b", "a:b:[1,2)", "a:b:LATEST", "a:b:1:2", "<a>:b:1", "")) {
      assertThat(refused(wrong).remedy()).contains("group:artifact:version");
    }
  }

  private Failure refused(String... coordinates) {
    return catchThrowableOfType(
        Failure.class, () -> packages().resolve(List.of(coordinates), SPARK, Progress.SILENT));
  }
}
