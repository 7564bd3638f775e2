package huddle.artifact;

import huddle.event.Failure;
import huddle.python.Pins;
import huddle.python.PySparkNeeds;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import huddle.python.UvComplaint;
import huddle.spark.SparkVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Finds with uv the one version of every package that a request comes to, for one platform.
///
/// @param platform also as uv names it
/// @param work a folder of this resolution alone
record PythonResolver(Uv uv, PythonPlatform platform, String uvName, Path work) {
  private static final Duration BOUND = Duration.ofMinutes(10);

  /// Asks the index.
  Pins resolve(PythonRequest request, Progress progress) throws IOException {
    Files.createDirectories(work);
    List<String> packages = new ArrayList<>(request.packages());
    packages.addAll(request.kind().extra());
    write("packages.in", packages);
    write("constraints.txt", request.constraints());
    for (String own : List.of("pyspark", "pyspark-client", "pyspark-connect")) {
      standIn(own, request.spark());
    }
    List<String> words = new ArrayList<>(List.of("pip", "compile"));
    if (!packages.isEmpty()) {
      words.add(work.resolve("packages.in").toString());
    }
    Path folder = PythonPackages.ROOT;
    if (request.file().isPresent()) {
      PythonRequest.RequirementsFile file = request.file().get();
      folder = folder(file);
      words.add(
          file.form() == PythonRequest.Form.LOCK
              ? exported(file, progress).toString()
              : file.path());
    }
    words.addAll(
        List.of(
            "--constraint",
            work.resolve("constraints.txt").toString(),
            "--python-platform",
            uvName,
            "--python-version",
            request.minor(),
            "--only-binary",
            ":all:",
            "--no-header",
            "--no-annotate"));
    PythonRequest.SPARKS_OWN.forEach(own -> words.addAll(List.of("--no-emit-package", own)));
    progress.at("Resolving Python packages", 0, 0);
    Uv.Ended ended =
        uv.run(words, folder, Map.of("UV_FIND_LINKS", work.toString()), BOUND, progress);
    if (ended.exit() != 0) {
      throw UvComplaint.failure(request, platform, ended.stderr(), uv.index());
    }
    return Pins.parse(ended.stdout());
  }

  private static Path folder(PythonRequest.RequirementsFile file) {
    Path folder = Path.of(file.path()).getParent();
    return folder == null ? PythonPackages.ROOT : folder;
  }

  /// What a uv.lock holds, as requirements.
  private Path exported(PythonRequest.RequirementsFile file, Progress progress) {
    Path folder = folder(file);
    Path out = work.resolve("uv.lock.txt");
    Uv.Ended ended =
        uv.run(
            List.of(
                "export",
                "--frozen",
                "--no-emit-project",
                "--no-default-groups",
                "--no-hashes",
                "--no-header",
                "--no-annotate",
                "--project",
                folder.toString(),
                "--output-file",
                out.toString()),
            folder,
            Map.of(),
            BOUND,
            progress);
    if (ended.exit() != 0) {
      throw new Failure(
          "",
          "uv cannot read " + file.path() + ": " + UvComplaint.last(ended.stderr()),
          "run `uv lock` in " + folder,
          ended.stderr());
    }
    return out;
  }

  private void write(String name, List<String> lines) throws IOException {
    Files.writeString(work.resolve(name), String.join("\n", lines) + "\n");
  }

  /// A wheel with the needs of PySpark and nothing inside: the package itself comes with Spark.
  private void standIn(String name, SparkVersion version) throws IOException {
    String plain = name.replace('-', '_');
    String info = "%s-%s.dist-info/".formatted(plain, version);
    Path wheel = work.resolve("%s-%s-py3-none-any.whl".formatted(plain, version));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      put(zip, info + "METADATA", PySparkNeeds.metadata(name, version));
      put(
          zip,
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: huddle\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      put(zip, info + "RECORD", "");
    }
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
