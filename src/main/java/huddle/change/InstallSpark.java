package huddle.change;

import huddle.spark.SparkVersion;
import java.util.List;

/// Puts a SPARK_HOME below the root.
public record InstallSpark(String host, String root, SparkVersion version, Verb verb, String reason)
    implements Change {
  @Override
  public String kind() {
    return "spark";
  }

  @Override
  public String summary() {
    return "Spark " + version;
  }

  @Override
  public List<Action> actions() {
    return List.of(new Action.UnpackSpark(root, "spark-" + version));
  }
}
