package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import huddle.python.PythonRequest.Form;
import huddle.python.PythonRequest.RequirementsFile;
import huddle.spark.SparkVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The real uv, which comes from the index that this machine is configured for, against an index of
/// the test's own.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonPackagesTest {
  private static final PythonPlatform LINUX = PythonPlatform.host("x86_64", "glibc 2.36");
  private static final PythonPlatform MUSL = PythonPlatform.host("aarch64", "musl 1.2.4");

  @TempDir static Path folder;
  private final TestServer server = new TestServer();
  private final Map<String, List<String>> listed = new LinkedHashMap<>();
  private PythonPackages packages;

  @BeforeAll
  void makeIndex() throws IOException {
    wheel("tiny-1.0-py3-none-any.whl", "Requires-Dist: deep>=2\n");
    wheel("tiny-2.0-py3-none-any.whl", "Requires-Dist: deep>=2\n");
    wheel("deep-2.1-py3-none-any.whl", "");
    wheel("mac_only-1.0-cp311-cp311-macosx_11_0_arm64.whl", "");
    wheel("glibc_only-1.0-cp311-abi3-manylinux_2_28_x86_64.whl", "");
    wheel("wants_other_spark-1.0-py3-none-any.whl", "Requires-Dist: pyspark<4\n");
    wheel("grpcio-1.80.0-py3-none-any.whl", "");
    wheel("grpcio_status-1.80.0-py3-none-any.whl", "");
    wheel("googleapis_common_protos-1.80.0-py3-none-any.whl", "");
    wheel("zstandard-0.30.0-py3-none-any.whl", "");
    wheel("pandas-2.3.3-py3-none-any.whl", "");
    wheel("pandas-3.1.0-py3-none-any.whl", "");
    wheel("pyarrow-26.0.0-py3-none-any.whl", "");
    wheel("numpy-2.4.0-py3-none-any.whl", "");
    listed.forEach((project, files) ->
        server.text(
            "/simple/" + project + "/",
            "application/vnd.pypi.simple.v1+json",
            "{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"%s\",\"files\":[%s]}"
                .formatted(project, String.join(",", files))));
    packages = new PythonPackages(new Cache(folder.resolve("huddle")), uv(server.url("/simple")));
  }

  /// uv that asks another index.
  private static Uv uv(String index) {
    return RealUv.in(folder, Map.of("UV_DEFAULT_INDEX", index));
  }

  @AfterAll
  void close() {
    server.close();
  }

  private void wheel(String file, String needs) throws IOException {
    String[] parts = file.split("-", -1);
    String info = parts[0] + "-" + parts[1] + ".dist-info/";
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(parts[0] + "/__init__.py", "__version__ = '" + parts[1] + "'\n");
    entries.put(parts[0] + "-" + parts[1] + ".data/data/share/" + parts[0] + "/kernel.json", "{}");
    entries.put(
        info + "METADATA",
        "Metadata-Version: 2.1\nName: %s\nVersion: %s\n%s".formatted(parts[0], parts[1], needs));
    entries.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: %s\n"
            .formatted(file.replaceFirst("^[^-]+-[^-]+-(.*)\\.whl$", "$1")));
    entries.put(
        info + "entry_points.txt",
        "[console_scripts]\n%s = %s:run\n".formatted(parts[0], parts[0]));
    StringBuilder record = new StringBuilder();
    entries.keySet().forEach(name -> record.append(name).append(",,\n"));
    entries.put(info + "RECORD", record.append(info).append("RECORD,,\n").toString());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    server.file("/files/" + file, bytes.toByteArray());
    listed
        .computeIfAbsent(Pins.normal(parts[0]), project -> new ArrayList<>())
        .add(
            "{\"filename\":\"%s\",\"url\":\"../../files/%s\",\"hashes\":{}}".formatted(file, file));
  }

  private static PythonRequest request(Optional<RequirementsFile> file, String... packages) {
    return new PythonRequest(
        PythonKind.CLUSTER,
        new SparkVersion(4, 3, 0),
        "3.11",
        List.of(packages),
        file,
        Pins.NONE,
        true);
  }

  private String pins(String... packages) {
    return packages(Optional.empty(), packages);
  }

  private String packages(Optional<RequirementsFile> file, String... names) {
    return packages.resolve(request(file, names), LINUX, Progress.SILENT).text();
  }

  private String refusal(PythonPlatform platform, String... names) {
    return catchThrowableOfType(
            Failure.class,
            () -> packages.resolve(request(Optional.empty(), names), platform, Progress.SILENT))
        .what();
  }

  @Test
  void theNewestOfAllThatIsNeeded() {
    assertThat(pins("tiny")).isEqualTo("deep==2.1\ntiny==2.0\n");
    assertThat(pins("pandas", "pyarrow")).isEqualTo("pandas==2.3.3\npyarrow==26.0.0\n");
    assertThat(pins("pandas>=3")).isEqualTo("pandas==3.1.0\n");
  }

  @Test
  void pysparkIsTheClustersAndIsNotInstalled() {
    assertThat(pins("pyspark", "tiny")).isEqualTo("deep==2.1\ntiny==2.0\n");
    assertThat(pins("pyspark[connect]"))
        .contains("grpcio==1.80.0", "pandas==2.3.3", "pyarrow==26.0.0")
        .doesNotContain("pyspark");
  }

  @Test
  void requirementsOfAFileOfAProjectAndOfALock() throws IOException {
    Path plain = Files.writeString(folder.resolve("requirements.txt"), "tiny<2\n# a comment\n");
    assertThat(packages(file(plain))).isEqualTo("deep==2.1\ntiny==1.0\n");
    Path project =
        Files.writeString(
            Files.createDirectories(folder.resolve("project")).resolve("pyproject.toml"),
            """
            [project]
            name = "mine"
            version = "1"
            requires-python = ">=3.11"
            dependencies = ["tiny==1.0", "pyspark"]
            """);
    assertThat(packages(file(project))).isEqualTo("deep==2.1\ntiny==1.0\n");
    // The stand-in is not there when the user locks: PySpark is left out of this one.
    Files.writeString(project, Files.readString(project).replace(", \"pyspark\"", ""));
    Uv.Ended locked =
        uv(server.url("/simple"))
            .run(
                List.of("lock", "--project", project.getParent().toString()),
                folder,
                Map.of(),
                Duration.ofMinutes(5),
                Progress.SILENT);
    assertThat(locked.exit()).as(locked.stderr()).isZero();
    assertThat(packages(file(project.resolveSibling("uv.lock"))))
        .isEqualTo("deep==2.1\ntiny==1.0\n");
  }

  private static Optional<RequirementsFile> file(Path path) throws IOException {
    return Optional.of(
        new RequirementsFile(
            path.toString(), Form.of(path.getFileName().toString()), Files.readString(path)));
  }

  @Test
  void whatCannotBeIsASentence() throws IOException {
    assertThat(refusal(LINUX, "nowhere")).endsWith(" has no package named nowhere");
    assertThat(refusal(LINUX, "mac-only"))
        .isEqualTo(
            "python.packages: mac-only==1.0 has no wheel for Python 3.11 on x86_64 with glibc 2.36");
    assertThat(refusal(MUSL, "glibc-only"))
        .isEqualTo(
            "python.packages: glibc-only==1.0 has no wheel for Python 3.11 on aarch64 with musl");
    assertThat(refusal(LINUX, "tiny==9")).contains("tiny==9").contains("suits Python 3.11");
    assertThat(refusal(LINUX, "pyspark==4.2.0"))
        .startsWith("python.packages asks for another PySpark than the cluster's 4.3.0: ");
    assertThat(refusal(LINUX, "wants-other-spark"))
        .contains("wants-other-spark")
        .contains("pyspark<4");
    Path plain = Files.writeString(folder.resolve("other.txt"), "tiny==1.0\n");
    Optional<RequirementsFile> file = file(plain);
    assertThat(catchThrowableOfType(Failure.class, () -> packages(file, "tiny==2.0")).what())
        .startsWith("python.packages and " + plain)
        .contains("tiny==1.0")
        .contains("tiny==2.0");
    PythonPackages unreachable =
        new PythonPackages(new Cache(folder.resolve("huddle")), uv("http://127.0.0.1:9/simple"));
    assertThat(
            catchThrowableOfType(
                    Failure.class,
                    () ->
                        unreachable.resolve(
                            request(Optional.empty(), "unasked"), LINUX, Progress.SILENT))
                .what())
        .startsWith("the Python index cannot be asked for python.packages: ");
  }

  @Test
  void theTarIsAnEnvironmentForAnyPath() throws IOException {
    PythonRequest request = request(Optional.empty(), "tiny");
    Pins pins = packages.resolve(request, LINUX, Progress.SILENT);
    PythonEnvironment environment = PythonEnvironment.of(request, Map.of(LINUX.key(), pins));
    assertThat(packages.cached(environment, LINUX)).isEmpty();
    PythonBundle bundle = packages.fetch(environment, pins, LINUX, Progress.SILENT);
    assertThat(packages.cached(environment, LINUX)).contains(bundle);

    Map<String, String> files = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(Files.newInputStream(bundle.tar()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(files)
        .containsEntry(".huddle-pins", "deep==2.1\ntiny==2.0\n")
        .containsEntry("lib/python3.11/site-packages/tiny/__init__.py", "__version__ = '2.0'\n")
        .containsEntry("share/tiny/kernel.json", "{}")
        .containsKey("lib/python3.11/site-packages/deep-2.1.dist-info/METADATA")
        .doesNotContainKey("lib/python3.11/site-packages/.lock");
    assertThat(files.get("bin/tiny"))
        .startsWith("#!/bin/sh\n'''exec' \"$(dirname ")
        .contains("from tiny import run")
        .doesNotContain(folder.toString());
  }
}
