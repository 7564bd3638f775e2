package huddle.artifact;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How archives become an ordinary SPARK_HOME or JAVA_HOME.
final class Layouts {
  /// What lies directly under a SPARK_HOME.
  private static final Set<String> SPARK_TOP =
      Set.of(
          "bin",
          "sbin",
          "jars",
          "python",
          "conf",
          "data",
          "examples",
          "licenses",
          "R",
          "yarn",
          "kubernetes",
          "connect",
          "hive-jackson",
          "RELEASE",
          "LICENSE",
          "NOTICE",
          "README.md");

  /// What lies directly under a JAVA_HOME.
  private static final Set<String> JAVA_TOP =
      Set.of(
          "bin",
          "lib",
          "conf",
          "legal",
          "release",
          "jmods",
          "include",
          "man",
          "jre",
          "NOTICE",
          "readme.txt",
          "README",
          "demo",
          "sample",
          "ASSEMBLY_EXCEPTION",
          "THIRD_PARTY_README");

  private Layouts() {}

  /// The pyspark source package: `deps/` holds most of Spark, `pyspark/` and `lib/` its Python
  /// side.
  static Layout sdist() {
    return oneFolder(Set.of()).then(Layouts::sdistPlace);
  }

  private static Optional<String> sdistPlace(String name) {
    String rest = EntryName.rest(name);
    return switch (EntryName.first(name)) {
      case "deps" -> rest.isEmpty() ? Optional.empty() : depsPlace(rest);
      case "pyspark" -> below("python/pyspark", rest);
      case "lib" -> below("python/lib", rest);
      case "LICENSE", "NOTICE" -> rest.isEmpty() ? Optional.of(name) : Optional.empty();
      case "README.md" -> Optional.of("python/README.md");
      default -> Optional.empty();
    };
  }

  private static Optional<String> depsPlace(String name) {
    String rest = EntryName.rest(name);
    return EntryName.first(name).equals("examples")
        ? below("examples/src/main/python", rest)
        : Optional.of(name);
  }

  private static Optional<String> below(String folder, String rest) {
    return Optional.of(rest.isEmpty() ? folder : folder + "/" + rest);
  }

  /// Spark as Apache releases it, or as somebody has it: what a run leaves behind and the settings,
  /// which may hold secrets, stay where they are.
  static Layout sparkHome() {
    return name ->
        switch (EntryName.first(name)) {
          case "logs", "work", "run", "pid", "metastore_db", "spark-warehouse", ".git" ->
              Optional.empty();
          case "conf" ->
              name.equals("conf") || name.endsWith(".template")
                  ? Optional.of(name)
                  : Optional.empty();
          case ".huddle" -> Optional.empty();
          default -> Optional.of(name);
        };
  }

  /// A tarball of Spark, with or without a folder around it.
  static Layout sparkTarball() {
    return oneFolder(SPARK_TOP).then(sparkHome());
  }

  /// A JDK without what no cluster needs.
  static Layout javaHome() {
    return name ->
        switch (EntryName.first(name)) {
          case "jmods", "man", "demo", "sample", "include", "src.zip" -> Optional.empty();
          case "lib" -> name.equals("lib/src.zip") ? Optional.empty() : Optional.of(name);
          default -> Optional.of(name);
        };
  }

  /// An archive of a JDK, with or without a folder around it.
  static Layout javaArchive() {
    return oneFolder(JAVA_TOP).then(javaHome());
  }

  /// Strips the one folder around everything, unless the first entry is already one of `top`.
  static Layout oneFolder(Set<String> top) {
    return new OneFolder(top);
  }

  private static final class OneFolder implements Layout {
    private final Set<String> top;
    private @Nullable String around;

    OneFolder(Set<String> top) {
      this.top = top;
    }

    @Override
    public Optional<String> place(String name) throws Hostile {
      String first = EntryName.first(name);
      if (around == null) {
        around = top.contains(first) ? "" : first;
      }
      if (around.isEmpty()) {
        return Optional.of(name);
      }
      if (!first.equals(around)) {
        throw new Hostile("more than one folder: " + around + " and " + first);
      }
      return Optional.of(EntryName.rest(name)).filter(rest -> !rest.isEmpty());
    }
  }
}
