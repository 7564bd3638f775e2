package huddle.submit;

import huddle.shell.Script;
import huddle.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// One of Spark's own shells.
public enum ShellProgram {
  /// PySpark's.
  PYTHON("python"),
  /// What `spark-shell` starts, without what it does to a terminal first.
  SCALA("scala"),
  /// SQL, with a catalog of its own that ends with it: there is no storage that all hosts share.
  SQL("sql");

  private final String word;

  ShellProgram(String word) {
    this.word = word;
  }

  /// A program in Spark's `bin`, and what makes it this shell.
  private List<String> command() {
    return switch (this) {
      case PYTHON -> List.of("pyspark");
      case SCALA -> List.of("spark-submit", "--class", "org.apache.spark.repl.Main");
      case SQL ->
          List.of(
              "spark-submit",
              "--class",
              "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver",
              "--conf",
              "spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:derby:memory:metastore;create=true");
    };
  }

  /// The one that is called so.
  public static Optional<ShellProgram> of(String word) {
    return java.util.Arrays.stream(values()).filter(shell -> shell.word.equals(word)).findFirst();
  }

  /// What is to be started on the Master's host.
  ///
  /// @param script runs it on its terminal
  public record Start(String id, Script script) {
    /// The file that holds the script there.
    public String program(String root) {
      return root + "/run/submit-" + id + "/run.sh";
    }
  }

  /// @param keys `spark.*` keys above the file's
  /// @param arguments for Spark's own program
  public Start start(Submission.Place place, Map<String, String> keys, List<String> arguments) {
    String id = UUID.randomUUID().toString().substring(0, 13);
    String name = word + " shell";
    List<String> words = new ArrayList<>(command().subList(1, command().size()));
    words.addAll(List.of("--name", name));
    keys.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.addAll(arguments);
    return new Start(
        id,
        Script.resource(ShellProgram.class, "shell")
            .after(Script.resource(ShellProgram.class, "python"))
            .with("ROOT", place.root())
            .with("SPARK_HOME", place.sparkHome())
            .with("ID", id)
            .with("ABOUT", Submission.about(name, place.by(), false))
            .with("PYTHON", keys.getOrDefault("spark.pyspark.python", ""))
            .with("COMMAND", command().getFirst())
            .with("WORDS", words.stream().map(ShellWord::quote).collect(Collectors.joining(" "))));
  }
}
