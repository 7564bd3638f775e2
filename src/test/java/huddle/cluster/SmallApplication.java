package huddle.cluster;

import huddle.lab.LabHost;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// An Application in Java, compiled against the Spark of a lab host: cluster mode takes no Python.
final class SmallApplication {
  private static final String SOURCE =
      """
      import java.nio.file.*;
      import org.apache.spark.sql.SparkSession;
      public class SmallApplication {
        public static void main(String[] words) throws Exception {
          SparkSession spark = SparkSession.builder().appName("small").getOrCreate();
          long count = spark.range(0, 100000, 1, 8).repartition(4).count();
          Files.writeString(Path.of(words[0]), Long.toString(count));
          spark.stop();
        }
      }
      """;

  private SmallApplication() {}

  /// Counts to 100000 and writes that to the file it is given.
  static String jarInBase64(LabHost host) throws IOException {
    Path folder = Files.createTempDirectory("small-application");
    Path source = Files.writeString(folder.resolve("SmallApplication.java"), SOURCE);
    String jars =
        "/proc/%s/root%s/.huddle/penguins".formatted(process(host), "/home/" + host.user());
    Path spark;
    try (Stream<Path> folders = Files.list(Path.of(jars))) {
      spark =
          folders
              .filter(path -> path.getFileName().toString().startsWith("spark-"))
              .findFirst()
              .orElseThrow();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int exit =
        compiler.run(
            InputStream.nullInputStream(),
            said,
            said,
            "--release",
            "17",
            "-proc:none",
            "-cp",
            classPath(spark.resolve("jars")),
            "-d",
            folder.toString(),
            source.toString());
    if (exit != 0) {
      throw new AssertionError(said.toString(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(new JarEntry("SmallApplication.class"));
      jar.write(Files.readAllBytes(folder.resolve("SmallApplication.class")));
      jar.closeEntry();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String classPath(Path folder) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }

  /// A process of the host's, as seen from outside its namespaces.
  private static String process(LabHost host) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+") && isMaster(name, host))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean isMaster(String process, LabHost host) {
    try {
      String words = Files.readString(Path.of("/proc", process, "cmdline"));
      return words.contains("org.apache.spark.deploy.master.Master")
          && words.contains(host.address() + "\0");
    } catch (IOException e) {
      return false;
    }
  }
}
