package huddle.spec;

import static huddle.spec.Problem.quoted;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rules for what reaches Spark: versions, its own keys, the environment.
final class SparkRules {
  static final Rule VERSION =
      Rule.of(
          "(?:3\\.(?:[5-9]|[1-9][0-9])|(?:[4-9]|[1-9][0-9])\\.[0-9]{1,2})\\.[0-9]{1,2}",
          text ->
              text.matches("[0-9]+\\.[0-9]+(?:\\.[0-9]+)?")
                  ? tooOldOrShort(text)
                  : quoted(text) + " is not a version of Spark; write 4.3.0");

  static final Rule SOURCE =
      Rule.of(
          "pypi|apache|" + Paths.HERE.pattern(),
          text ->
              Spelling.nearest(text, List.of("pypi", "apache"))
                  .map(word -> quoted(text) + " is no source of Spark; did you mean " + word + "?")
                  .orElse(quoted(text) + " is neither pypi nor apache nor a path from / or ~/"));

  static final Rule.Whole JAVA = new Rule.Whole(8, 99, "a major version of Java");

  static final Rule PYTHON =
      Rule.of(
          "3\\.[0-9]{1,2}",
          text ->
              text.matches("3\\.[0-9]{1,2}\\..*")
                  ? quoted(text)
                      + " names a patch; write "
                      + text.substring(0, text.indexOf('.', 2))
                  : quoted(text) + " is not a minor version of Python; write 3.11");

  /// Keys of Spark that are Huddle's own, and why.
  private static final Map<String, String> OWNED =
      Map.of(
          "spark.master", ", set from master and ports",
          "spark.master.rest.enabled", " and stays off: whoever reached that port could run code",
          "spark.authenticate", " and always on",
          "spark.authenticate.secret", ": it makes the secret and keeps it out of this file",
          "spark.authenticate.secret.file", ": it makes the secret and keeps it out of this file");

  static final Rule CONF_KEY =
      Rule.of(
          "(?!(?:" + literals(OWNED) + ")$)spark\\.[A-Za-z0-9_.:/$*@-]+",
          text ->
              OWNED.containsKey(text)
                  ? "is Huddle's own" + OWNED.get(text) + "; leave it out"
                  : text.matches("[A-Za-z0-9_.]+") && !text.startsWith("spark.")
                      ? "does not begin with spark.; write spark." + text
                      : "is not a key of Spark; write one as spark.sql.shuffle.partitions");

  /// Variables that Huddle sets itself, and what to write instead.
  private static final Map<String, String> VARIABLES =
      Map.of(
          "PATH", "leave it out",
          "JAVA_HOME", "write java: at the top of the file",
          "PYSPARK_PYTHON", "write python: at the top of the file",
          "PYSPARK_DRIVER_PYTHON", "write python: at the top of the file",
          "SPARK_HOME", "write spark: at the top of the file",
          "SPARK_LOCAL_DIRS", "write dirs: at the host",
          "SPARK_WORKER_CORES", "write cores: at the host",
          "SPARK_WORKER_MEMORY", "write memory: at the host",
          "SPARK_MASTER_PORT", "write ports: at the top of the file",
          "SPARK_WORKER_PORT", "write ports: at the top of the file");

  static final Rule ENV_NAME =
      Rule.of(
          "(?!(?:SPARK_.*|PYSPARK_PYTHON|PYSPARK_DRIVER_PYTHON|JAVA_HOME|PATH)$)"
              + "[A-Za-z_][A-Za-z0-9_]*",
          text ->
              text.startsWith("SPARK_") || VARIABLES.containsKey(text)
                  ? "is a variable that Huddle sets itself; "
                      + VARIABLES.getOrDefault(text, "write a key of Spark under conf:")
                  : "is no name of a variable; write letters, digits and _ only");

  /// A value of conf or env: one line. Never shown, it may be a password.
  static final Rule VALUE =
      new Rule(
          "[^\\u0000-\\u001f\\u007f-\\u009f]*",
          text ->
              text.chars().anyMatch(Character::isISOControl)
                  ? Optional.of("holds a line break or control character; write it on one line")
                  : Optional.empty());

  private SparkRules() {}

  private static String tooOldOrShort(String text) {
    int second = text.indexOf('.', text.indexOf('.') + 1);
    return second < 0
        ? quoted(text) + " names no patch; write all three numbers, as 4.3.0"
        : quoted(text) + " is not a version that Huddle runs; write 3.5.0 or later, as 4.3.0";
  }

  private static String literals(Map<String, String> words) {
    return words.keySet().stream()
        .sorted()
        .map(word -> word.replace(".", "\\."))
        .collect(Collectors.joining("|"));
  }
}
