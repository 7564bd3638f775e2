package huddle.cli;

import huddle.artifact.JvmBundle;
import huddle.artifact.JvmPackages;
import huddle.artifact.Progress;
import huddle.artifact.SparkJars;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spark.SparkVersion;
import huddle.ssh.Output;
import huddle.submit.Application;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Libraries for the JVM that one Application needs: resolved here, sent with it.
record Libraries(RunningCluster cluster) {
  private static final Duration BOUND = Duration.ofSeconds(30);

  /// The Application with them.
  ///
  /// @throws Failure if one cannot be resolved, or clashes with Spark's own
  Application with(Application application, List<String> coordinates) {
    Context context = cluster.session().context();
    JvmPackages packages = new JvmPackages(context.operator());
    SparkVersion spark =
        SparkVersion.parse(
                cluster.sparkHome().substring(cluster.sparkHome().lastIndexOf("/spark-") + 7))
            .orElseThrow(() -> Failure.of("the cluster's Spark has no version", "run `huddle up`"));
    JvmBundle bundle =
        packages
            .cached(spark, coordinates)
            .orElseGet(() -> {
              cluster.session().step("Resolving " + String.join(", ", coordinates));
              return packages.resolve(coordinates, new SparkJars(spark, jars()), Progress.SILENT);
            });
    bundle.notes().forEach(note -> say(context, note));
    bundle.warnings().forEach(warning -> say(context, "warning: " + warning));
    return bundle.jars().isEmpty() ? application : application.withJars(bundle.tar());
  }

  private static void say(Context context, String text) {
    context.terminal().err().println(huddle.event.Printable.line(text));
  }

  /// Those that the cluster's Spark has.
  private List<String> jars() {
    Output output =
        cluster
            .connection()
            .run(
                new Script("spark-jars", "ls \"$SPARK_HOME/jars\"\n", Map.of())
                    .with("SPARK_HOME", cluster.sparkHome()),
                BOUND);
    if (output.exit() != 0) {
      throw Failure.on(cluster.master().name(), "Spark's jars cannot be listed", "run `huddle up`");
    }
    return output.stdout().lines().filter(name -> name.endsWith(".jar")).toList();
  }
}
