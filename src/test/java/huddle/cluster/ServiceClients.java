package huddle.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// What people have on their own machine: pyspark-client, a JDBC driver, a compiler. The first
/// comes from the package index, the others from the Spark that the tests fetched.
final class ServiceClients {
  private static final String PROGRAM =
      """
      import os, sys, time
      import pandas as pd
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import col, pandas_udf, udf
      spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
      print("SQL", spark.sql("select sum(id) from range(1000)").collect()[0][0], flush=True)
      @udf("string")
      def where(n):
          time.sleep(0.2)
          return os.environ["HUDDLE_HOST"]
      @pandas_udf("long")
      def next(x: pd.Series) -> pd.Series:
          return x + 1
      print("PANDAS", spark.range(10).select(next(col("id")).alias("n")).toPandas()["n"].sum(), flush=True)
      hosts = set()
      for _ in range(100):
          hosts |= {r[0] for r in spark.range(0, 8, 1, 4).select(where(col("id"))).collect()}
          if len(hosts) > 0:
              break
      print("UDF ON " + " ".join(sorted(hosts)), flush=True)
      """;

  private static final String JOB =
      """
      import org.apache.spark.sql.SparkSession;

      public class Job {
        public static void main(String[] arguments) {
          SparkSession spark = SparkSession.builder().getOrCreate();
          long sum = 0;
          for (Object row : spark.range(1000).toDF().collectAsList()) {
            sum += ((org.apache.spark.sql.Row) row).getLong(0);
          }
          System.out.println("SUM " + sum);
          spark.stop();
        }
      }
      """;

  private final Path folder;

  ServiceClients(Path home) {
    this.folder = home.resolve("clients");
  }

  /// What a program says that runs over Spark Connect, errors included.
  String connect(String url) throws IOException, InterruptedException {
    Path packages = folder.resolve("python");
    if (!Files.exists(packages)) {
      Path half = folder.resolve("python.part");
      String said =
          run(
              "python3",
              "-m",
              "pip",
              "install",
              "--quiet",
              "--target",
              half.toString(),
              "pyspark-client<=4.3.0",
              "pandas<3",
              "pyarrow");
      if (!Files.isDirectory(half.resolve("pyspark"))) {
        throw new AssertionError("pip brought no pyspark-client: " + said);
      }
      Files.move(half, packages);
    }
    Path program = folder.resolve("client.py");
    Files.writeString(program, PROGRAM);
    return run("env", "PYTHONPATH=" + packages, "python3", "-u", program.toString(), url);
  }

  /// A JDBC connection by Hive's own driver.
  Connection jdbc(String url, String user, String password) throws Exception {
    List<URL> jars = new ArrayList<>();
    for (Path jar : jars("")) {
      jars.add(jar.toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(loader);
      Driver driver =
          (Driver)
              loader.loadClass("org.apache.hive.jdbc.HiveDriver").getConstructor().newInstance();
      Properties login = new Properties();
      login.setProperty("user", user);
      login.setProperty("password", password);
      return Objects.requireNonNull(driver.connect(url, login));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// A job for Spark in a jar, for the oldest Java that runs it.
  byte[] jobJar() throws IOException, InterruptedException {
    Path source = Files.createDirectories(folder.resolve("job")).resolve("Job.java");
    Files.writeString(source, JOB);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String path =
        jars("spark-", "scala-library", "hadoop-client-api").stream()
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exit =
        compiler.run(
            null, null, errors, "--release", "17", "-proc:none", "-cp", path, source.toString());
    if (exit != 0) {
      throw new AssertionError(errors.toString(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(new JarEntry("Job.class"));
      jar.write(Files.readAllBytes(source.resolveSibling("Job.class")));
      jar.closeEntry();
    }
    return bytes.toByteArray();
  }

  /// Jars of Spark whose names begin so.
  private List<Path> jars(String... beginnings) throws IOException, InterruptedException {
    Path jars = folder.resolve("jars");
    if (!Files.exists(jars)) {
      Path half = Files.createDirectories(folder.resolve("jars.part"));
      Path tar = Operator.cache().resolve("huddle/spark/spark-4.3.0.tar");
      run(
          "tar",
          "-xf",
          tar.toString(),
          "-C",
          half.toString(),
          "--strip-components=1",
          "--exclude=*rocksdb*",
          "--exclude=*kubernetes*",
          "--exclude=*mllib*",
          "jars");
      Files.move(half, jars);
    }
    try (Stream<Path> all = Files.list(jars)) {
      return all.filter(jar ->
              Stream.of(beginnings)
                  .anyMatch(start -> String.valueOf(jar.getFileName()).startsWith(start)))
          .sorted()
          .toList();
    }
  }

  /// Everything that a program says.
  private String run(String... words) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", words) + " did not end:\n" + Files.readString(log));
    }
    return Files.readString(log);
  }
}
