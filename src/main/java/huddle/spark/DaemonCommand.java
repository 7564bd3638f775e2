package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How a Master or Worker is started, and the digest that tells whether a running one still fits.
///
/// @param mainClass Spark's class
/// @param arguments of it
/// @param options one `SPARK_DAEMON_JAVA_OPTS` string
/// @param environment besides what conf/spark-env.sh exports
public record DaemonCommand(
    String mainClass, List<String> arguments, String options, Map<String, String> environment) {
  public DaemonCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /// The command of a host's Master or Worker.
  public static DaemonCommand of(HostSettings settings, Role role) {
    String options =
        "-Dhuddle.cluster=%s \"-Dhuddle.root=%s\" -Dhuddle.log.level=INFO"
            .formatted(settings.cluster(), settings.root());
    return switch (role) {
      case MASTER ->
          new DaemonCommand(
              "org.apache.spark.deploy.master.Master",
              List.of(
                  "--host",
                  settings.address(),
                  "--port",
                  Integer.toString(settings.ports().master()),
                  "--webui-port",
                  Integer.toString(settings.ports().masterUi())),
              options,
              Map.of("JDK_JAVA_OPTIONS", "@" + settings.path("conf/jvm.opts")));
      case WORKER ->
          new DaemonCommand(
              "org.apache.spark.deploy.worker.Worker",
              List.of(
                  "--host",
                  settings.address(),
                  "--port",
                  Integer.toString(settings.ports().worker()),
                  "--webui-port",
                  Integer.toString(settings.ports().workerUi()),
                  "--cores",
                  Integer.toString(settings.worker().cores()),
                  "--memory",
                  settings.worker().memoryMiB() + "m",
                  "--work-dir",
                  settings.path("work"),
                  settings.master().url()),
              options,
              Map.of(
                  "JDK_JAVA_OPTIONS",
                  "@" + settings.path("conf/worker.opts"),
                  "SPARK_LOCAL_DIRS",
                  localDirs(settings)));
    };
  }

  private static String localDirs(HostSettings settings) {
    return settings.dirs().isEmpty()
        ? settings.path("work/local")
        : settings.dirs().stream()
            .map(dir -> scratch(settings.cluster(), dir))
            .collect(Collectors.joining(","));
  }

  /// The folder of a cluster in a scratch folder of the file, so that two clusters may share a
  /// disk.
  public static String scratch(String cluster, String dir) {
    return dir + "/huddle-" + cluster;
  }

  /// Digest of all that a running daemon of this role depends on. Keys that only drivers read are
  /// left out: changing them restarts nothing.
  ///
  /// @param secretDigest SHA-256 of the cluster's secret
  public static String digest(HostSettings settings, Role role, String secretDigest) {
    DaemonCommand command = of(settings, role);
    StringBuilder all = new StringBuilder();
    all.append(settings.sparkIdentity()).append('\n').append(settings.spark()).append('\n');
    all.append(secretDigest).append('\n');
    all.append(command.mainClass()).append(command.arguments()).append(command.options());
    command.environment().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> all.append('\n').append(entry));
    ConfText.files(settings).stream()
        .filter(file -> file.path().equals("conf/spark-env.sh") || file.path().endsWith(".opts"))
        .forEach(file -> all.append('\n').append(concerning(role, file).digest()));
    ConfText.properties(settings).entrySet().stream()
        .filter(entry -> concernsDaemons(entry.getKey()))
        .forEach(entry -> all.append('\n').append(entry));
    return ConfFile.sha256(all.toString());
  }

  /// A Master goes on when the Worker beside it gets another size.
  private static ConfFile concerning(Role role, ConfFile file) {
    return role == Role.WORKER
        ? file
        : new ConfFile(
            file.path(),
            file.text()
                .lines()
                .filter(line -> !line.startsWith("export SPARK_WORKER_"))
                .collect(Collectors.joining("\n")),
            file.mode());
  }

  private static boolean concernsDaemons(String key) {
    return List.of(
            "spark.worker.",
            "spark.deploy.",
            "spark.master.",
            "spark.authenticate",
            "spark.network.",
            "spark.rpc.",
            "spark.ssl.",
            "spark.ui.",
            "spark.shuffle.service.",
            "spark.decommission.",
            "spark.storage.decommission.",
            "spark.metrics.",
            "spark.port.",
            "spark.redaction.")
        .stream()
        .anyMatch(key::startsWith);
  }
}
