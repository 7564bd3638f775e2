package huddle.artifact;

import huddle.event.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Links a runtime that holds what Spark needs out of the operator's JDK: 131 MB instead of 252.
///
/// @param modules its root modules
record JdkLink(OperatorJdk jdk, List<String> modules, Commands commands) {
  private static final Duration BOUND = Duration.ofMinutes(10);

  /// With these, Master, Worker, PySpark, Hive tables, Thrift server, Connect and history server of
  /// Spark 4.3 were seen to work.
  static final List<String> SPARK_MODULES =
      List.of(
          "java.base",
          "java.compiler",
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.prefs",
          "java.rmi",
          "java.scripting",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.transaction.xa",
          "java.xml",
          "java.xml.crypto",
          "jdk.attach",
          "jdk.crypto.ec",
          "jdk.incubator.vector",
          "jdk.jfr",
          "jdk.management",
          "jdk.net",
          "jdk.nio.mapmode",
          "jdk.security.auth",
          "jdk.security.jgss",
          "jdk.unsupported",
          "jdk.zipfs");

  // Not --strip-debug: it also strips native libraries, which have no symbols in a JDK's release,
  // and fails where binutils are not installed.
  private static final List<String> OPTIONS =
      List.of(
          "--strip-java-debug-attributes",
          "--no-man-pages",
          "--no-header-files",
          "--generate-cds-archive");

  JdkLink {
    modules = List.copyOf(modules);
  }

  /// Known before anything is linked.
  String identity() {
    String recipe = String.join(",", modules) + " " + String.join(" ", OPTIONS);
    return "jlink %s %s modules sha256:%s"
        .formatted(
            jdk.build().replaceAll("\\s", "_"),
            jdk.platform(),
            Digest.sha256(recipe).substring(0, 16));
  }

  /// Makes the runtime in a folder that is not there yet.
  void into(Path folder) {
    List<String> words =
        Stream.concat(
                Stream.of(
                    jdk.home().resolve("bin/jlink").toString(),
                    "--add-modules",
                    String.join(",", modules),
                    "--output",
                    folder.toAbsolutePath().toString()),
                OPTIONS.stream())
            .toList();
    Commands.Ended ended =
        commands
            .run(words, BOUND)
            .orElseThrow(() -> failure("it did not start or did not end within 10 minutes", ""));
    if (ended.exit() != 0) {
      String output = ended.stdout() + ended.stderr();
      String reason =
          output
              .lines()
              .filter(line -> line.startsWith("Error"))
              .findFirst()
              .orElse("status " + ended.exit());
      throw failure(reason, output);
    }
  }

  private Failure failure(String reason, String output) {
    return new Failure(
        "",
        "cannot link a Java runtime from " + jdk.home() + ": " + reason,
        "install Java on the host, or name a JDK's archive in the file: java: {source: …}",
        output);
  }
}
