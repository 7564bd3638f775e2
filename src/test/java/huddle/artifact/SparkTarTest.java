package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparkTarTest {
  @TempDir Path folder;

  private byte[] arrange(byte[] archive, Layout layout) throws IOException {
    Path file = folder.resolve("spark.archive");
    Files.write(file, archive);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SparkTar.write(Archive.open(file, "Spark", Progress.SILENT), layout, Optional.empty(), out);
    return out.toByteArray();
  }

  private static Map<String, String> list(byte[] tar) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        String content =
            e.isSymbolicLink() || e.isLink()
                ? "-> " + e.getLinkName()
                : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        entries.put(e.getName(), Integer.toOctalString(e.getMode()) + " " + content);
        assertThat(e.getLastModifiedTime().toInstant()).isEqualTo(TarWriter.TIME);
        assertThat(e.getLongUserId() + e.getLongGroupId()).isZero();
      }
    }
    return entries;
  }

  @Test
  void arrangesASourcePackageAsASparkHome() throws Exception {
    Map<String, String> tar = list(arrange(FakeSpark.sdist("4.3.0").tarGz(), Layouts.sdist()));
    assertThat(tar)
        .containsEntry("bin/spark-class", "755 #!/bin/sh")
        .containsEntry("sbin/spark-daemon.sh", "755 #!/bin/sh")
        .containsEntry("jars/spark-core_2.13-4.3.0.jar", "644 PK core 4.3.0")
        .containsEntry("data/mllib/kmeans_data.txt", "644 0 0 0")
        .containsEntry("examples/src/main/python/pi.py", "755 print(3.14)")
        .containsEntry("licenses/LICENSE-x.txt", "644 x")
        .containsEntry("python/pyspark/python/pyspark/shell.py", "644 ")
        .containsEntry("python/lib/pyspark.zip", "644 PK pyspark")
        .containsEntry("NOTICE", "644 Apache Spark")
        .containsEntry("RELEASE", "644 Spark 4.3.0 built for Hadoop 3.4.2")
        .containsEntry("jars/", "755 ");
    assertThat(tar.keySet())
        .noneMatch(name -> name.matches("(setup.py|PKG-INFO|deps|pyspark[-.]).*"));
  }

  @Test
  void givesTheSameBytesForTheSameContent() throws Exception {
    byte[] once = arrange(FakeSpark.sdist("4.3.0").tarGz(), Layouts.sdist());
    byte[] again = arrange(FakeSpark.sdist("4.3.0").tar(), Layouts.sdist());
    assertThat(again).isEqualTo(once);
  }

  @Test
  void unpacksWithTheSystemsTar() throws Exception {
    String deep = "a".repeat(90) + "/" + "b".repeat(90) + "/c.py";
    byte[] tar =
        arrange(
            FakeSpark.sdist("4.3.0").file("pyspark-4.3.0/pyspark/" + deep, "deep").tarGz(),
            Layouts.sdist());
    Path file = Files.write(folder.resolve("spark.tar"), tar);
    Path home = Files.createDirectory(folder.resolve("home"));
    Process process =
        new ProcessBuilder("tar", "-xf", file.toString(), "-C", home.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.waitFor()).isZero();
    assertThat(home.resolve("python/pyspark/" + deep)).hasContent("deep");
    assertThat(Files.isExecutable(home.resolve("bin/spark-class"))).isTrue();
    assertThat(
            Files.getLastModifiedTime(home.resolve("jars/spark-core_2.13-4.3.0.jar")).toInstant())
        .isEqualTo(TarWriter.TIME);
  }

  @Test
  void takesAReleaseWithoutItsSettingsAndLogs() throws Exception {
    byte[] around = arrange(FakeSpark.release("4.3.0").tarGz(), Layouts.sparkTarball());
    assertThat(list(around))
        .containsEntry("RELEASE", "644 Spark 4.3.0 built for Hadoop 3.4.2")
        .containsEntry("examples/pi.py", "777 -> ../bin/spark-class")
        .containsKey("kubernetes/dockerfiles/Dockerfile")
        .containsKey("conf/spark-defaults.conf.template")
        .doesNotContainKeys("conf/spark-defaults.conf", "logs/master.out");
    assertThat(arrange(FakeSpark.home("", "4.3.0").tarGz(), Layouts.sparkTarball()))
        .isEqualTo(around);
    assertThat(arrange(FakeSpark.home("./", "4.3.0").tar(), Layouts.sparkTarball()))
        .isEqualTo(around);
  }

  @Test
  void takesAFolderAsItIs() throws Exception {
    Path tarball = Files.write(folder.resolve("s.tar"), FakeSpark.home("home/", "3.5.9").tar());
    assertThat(
            new ProcessBuilder("tar", "-xf", tarball.toString(), "-C", folder.toString())
                .start()
                .waitFor())
        .isZero();
    Path home = folder.resolve("home");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("extra.jar"), "PK extra");
    Files.createSymbolicLink(home.resolve("jars/extra.jar"), elsewhere.resolve("extra.jar"));
    Files.createSymbolicLink(home.resolve("R"), elsewhere);
    Files.createSymbolicLink(home.resolve("gone"), folder.resolve("nothing"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String version =
        SparkTar.write(new FolderSource(home), Layouts.sparkHome(), Optional.empty(), out);
    assertThat(version).isEqualTo("3.5.9");
    assertThat(list(out.toByteArray()))
        .containsEntry("examples/pi.py", "777 -> ../bin/spark-class")
        .containsEntry("jars/extra.jar", "644 PK extra")
        .containsEntry("R/extra.jar", "644 PK extra")
        .doesNotContainKey("gone");
  }

  private Failure failure(byte[] archive, Layout layout) {
    return catchThrowableOfType(Failure.class, () -> arrange(archive, layout));
  }

  record Bad(String what, String expected, FakeSpark archive) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Bad> hostileArchives() {
    String top = "spark-4.3.0/";
    List<Bad> bad = new ArrayList<>();
    bad.add(
        new Bad("climbing", "a path that leaves it", spark().file(top + "../../etc/cron.d/x", "")));
    bad.add(new Bad("absolute", "an absolute path", spark().file("/etc/cron.d/x", "")));
    bad.add(new Bad("control", "a control character", spark().file(top + "bin/x\u001b[2J", "")));
    bad.add(
        new Bad(
            "device", "a device", spark().add(top + "bin/null", TarConstants.LF_CHR, 0666, "")));
    bad.add(
        new Bad(
            "block device", "a device", spark().add(top + "sda", TarConstants.LF_BLK, 0666, "")));
    bad.add(new Bad("pipe", "a device", spark().add(top + "pipe", TarConstants.LF_FIFO, 0666, "")));
    bad.add(new Bad("unknown", "an unknown kind", spark().add(top + "odd", (byte) 'Z', 0666, "")));
    bad.add(
        new Bad(
            "absolute link", "a link to an absolute path", spark().link(top + "x", "/etc/passwd")));
    bad.add(
        new Bad("climbing link", "a link that leaves it", spark().link(top + "bin/x", "../../x")));
    bad.add(
        new Bad(
            "link that climbs late",
            "a link that leaves it",
            spark().link(top + "bin/x", "y/../../..")));
    bad.add(
        new Bad(
            "file behind a link",
            "the same name twice",
            spark().link(top + "data", "jars").file(top + "data/x", "")));
    bad.add(
        new Bad(
            "link over a file", "the same name twice", spark().link(top + "bin/spark-class", "x")));
    bad.add(
        new Bad(
            "hard link outside",
            "a hard link to what it does not hold",
            spark().hardLink(top + "x", top + "nothing")));
    bad.add(new Bad("two folders", "more than one folder", spark().file("other/bin/x", "")));
    bad.add(
        new Bad(
            "long name", "a name of more than 255 bytes", spark().file(top + "x".repeat(300), "")));
    return bad;
  }

  private static FakeSpark spark() {
    return FakeSpark.home("spark-4.3.0/", "4.3.0");
  }

  @ParameterizedTest
  @MethodSource("hostileArchives")
  void refusesHostileArchives(Bad bad) {
    Failure failure = failure(bad.archive().tarGz(), Layouts.sparkTarball());
    assertThat(failure.what())
        .contains("spark.archive is not to be trusted: it holds ", bad.expected());
    assertThat(failure.remedy()).isNotEmpty();
  }

  @Test
  void refusesMoreEntriesThanAnyReleaseHasEvenIfTheyAreLeftOut() {
    FakeSpark spark = spark();
    for (int i = 0; i <= TarWriter.MOST_ENTRIES; i++) {
      // Not in the layout: an sdist's own metadata.
      spark.add("spark-4.3.0/logs/", TarConstants.LF_DIR, 0755, "");
    }
    assertThat(failure(spark.tarGz(), Layouts.sparkTarball()).what())
        .contains("it holds more than 200000 entries");
  }

  @Test
  void refusesAFileThatWouldFillTheDiskBeforeReadingIt() throws Exception {
    // A header of one file of a tebibyte, and nothing behind it.
    TarArchiveEntry header = new TarArchiveEntry("spark-4.3.0/logs/master.out");
    header.setSize(1L << 40);
    byte[] block = new byte[512];
    header.writeEntryHeader(block, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
    assertThat(failure(Arrays.copyOf(block, 1536), Layouts.sparkTarball()).what())
        .contains("it holds more than 8 GiB");
  }

  @Test
  void keepsHardLinks() throws Exception {
    byte[] tar =
        arrange(
            spark().hardLink("spark-4.3.0/bin/same", "spark-4.3.0/bin/spark-class").tarGz(),
            Layouts.sparkTarball());
    assertThat(list(tar)).containsEntry("bin/same", "755 -> bin/spark-class");
  }

  @Test
  void saysThatAnArchiveIsCutOff() {
    byte[] whole = FakeSpark.release("4.3.0").tarGz();
    Failure failure = failure(Arrays.copyOf(whole, whole.length / 2), Layouts.sparkTarball());
    assertThat(failure.what()).contains("spark.archive cannot be read to its end: ");
    byte[] plain = FakeSpark.release("4.3.0").tar();
    assertThat(failure(Arrays.copyOf(plain, 1600), Layouts.sparkTarball()).what())
        .contains("cannot be read to its end: ");
  }

  @Test
  void saysThatAnArchiveIsDamaged() {
    byte[] damaged = FakeSpark.release("4.3.0").tarGz();
    Arrays.fill(damaged, 40, 60, (byte) 0x55);
    assertThat(failure(damaged, Layouts.sparkTarball()).what())
        .contains("cannot be read to its end: ");
  }

  @Test
  void saysThatSomethingIsNoArchive() {
    assertThat(
            failure("<html>Log in</html>".getBytes(StandardCharsets.UTF_8), Layouts.sdist()).what())
        .endsWith("is no archive but a web page");
    assertThat(failure(new byte[0], Layouts.sdist()).what()).endsWith("is no archive");
  }

  @Test
  void saysWhatASparkLacks() {
    FakeSpark other = new FakeSpark().file("x/bin/spark-class", "");
    assertThat(failure(other.tarGz(), Layouts.sparkTarball()).what())
        .endsWith("is no whole Spark: it has no jars/spark-core_*.jar");
    FakeSpark noPython =
        new FakeSpark().file("x/bin/spark-class", "").file("x/jars/spark-core_2.13-4.3.0.jar", "");
    assertThat(failure(noPython.tarGz(), Layouts.sparkTarball()).what())
        .endsWith("it has no python/pyspark");
  }
}
