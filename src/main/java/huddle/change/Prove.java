package huddle.change;

import huddle.event.Count;
import huddle.shell.Script;
import huddle.spark.HostSettings;
import java.util.List;

/// Proves that the cluster works: a PySpark job with a UDF that runs a task on each Worker.
public record Prove(HostSettings settings, List<Action.Expected> workers, String reason)
    implements Change {
  public Prove {
    workers = List.copyOf(workers);
  }

  @Override
  public String host() {
    return settings.host();
  }

  @Override
  public String kind() {
    return "proof";
  }

  @Override
  public Verb verb() {
    return Verb.ADD;
  }

  @Override
  public String summary() {
    return "PySpark job with a task on " + Count.of(workers, "Worker");
  }

  @Override
  public List<Action> actions() {
    Script script =
        Script.resource(Change.class, "prove")
            .after(Script.resource(Change.class, "environment"))
            .with("ROOT", settings.root())
            .with("SPARK_HOME", settings.sparkHome())
            .with("PROOF", Script.text(Change.class, "proof.py"))
            .with("WORKER_COUNT", Integer.toString(workers.size()));
    return List.of(new Action.Prove(settings.root(), script, workers, settings.pythonCommand()));
  }
}
