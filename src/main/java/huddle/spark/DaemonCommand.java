package huddle.spark;

import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a daemon is started, and the digest that tells whether a running one still fits.
///
/// @param words its command line, the program's absolute path first
/// @param environment besides what conf/spark-env.sh exports
/// @param folder below the root that it works in
public record DaemonCommand(List<String> words, Map<String, String> environment, String folder) {
  public DaemonCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /// The command of a host's daemon.
  public static DaemonCommand of(HostSettings settings, Role role) {
    return Daemon.of(role).command(settings);
  }

  /// A class of Spark's that is a daemon by itself.
  static DaemonCommand ofClass(
      HostSettings settings,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment) {
    List<String> words = new ArrayList<>();
    words.add(settings.sparkHome() + "/bin/spark-class");
    words.add(mainClass);
    words.addAll(arguments);
    Map<String, String> all = new TreeMap<>();
    all.put("SPARK_DAEMON_MEMORY", Sizing.DAEMON_MIB + "m");
    all.put("SPARK_DAEMON_JAVA_OPTS", marks(settings) + " -Dhuddle.log.level=INFO");
    all.putAll(environment);
    return new DaemonCommand(words, all, "run");
  }

  /// A server that is a driver: an Application of the cluster, with its share.
  ///
  /// @param doors `spark.*` keys that are not for the file to change
  /// @param arguments of the class
  static DaemonCommand ofDriver(
      DriverDaemon daemon,
      HostSettings settings,
      String mainClass,
      Map<String, String> doors,
      List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(settings.sparkHome() + "/bin/spark-submit");
    words.addAll(List.of("--class", mainClass, "--name", daemon.role().title()));
    words.addAll(List.of("--driver-memory", settings.services().memory(daemon.role())));
    words.addAll(
        List.of("--driver-java-options", marks(settings) + " " + serviceMarks(daemon, settings)));
    Map<String, String> keys =
        new TreeMap<>(settings.services().share(daemon.role(), settings.conf()));
    keys.putAll(doors);
    keys.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.add("spark-internal");
    words.addAll(arguments);
    Map<String, String> environment = new TreeMap<>();
    environment.put("JDK_JAVA_OPTIONS", "@" + settings.path(daemon.options()));
    // Spark Connect tells executors this, and nothing of spark.pyspark.python.
    environment.put(
        "PYSPARK_PYTHON",
        ConfText.properties(settings)
            .getOrDefault("spark.pyspark.python", settings.pythonCommand()));
    return new DaemonCommand(words, environment, daemon.role().word());
  }

  /// What the probe knows a cluster's daemon by.
  private static String marks(HostSettings settings) {
    return "-Dhuddle.cluster=%s \"-Dhuddle.root=%s\""
        .formatted(settings.cluster(), settings.root());
  }

  /// What the probe knows a service by: its class says too little, its arguments no port.
  static String serviceMarks(Daemon daemon, HostSettings settings) {
    return "-Dhuddle.role=%s -Dhuddle.ports=%s"
        .formatted(
            daemon.role().word(),
            daemon.listens(settings).stream()
                .map(listen -> Integer.toString(listen.port()))
                .collect(Collectors.joining(",")));
  }

  /// The folder of a cluster in a scratch folder of the file, so that two clusters may share a
  /// disk.
  public static String scratch(String cluster, String dir) {
    return dir + "/huddle-" + cluster;
  }

  /// Digest of all that a running daemon of this role depends on. Keys that it does not read are
  /// left out, and so is a share that follows from the cluster's size: a Worker more restarts no
  /// service, which takes its new share when it next starts.
  ///
  /// @param secretDigest SHA-256 of the cluster's secret
  public static String digest(HostSettings settings, Role role, String secretDigest) {
    Daemon daemon = Daemon.of(role);
    HostSettings unsized = settings.withServices(settings.services().unsized());
    DaemonCommand command = daemon.command(unsized);
    StringBuilder all = new StringBuilder();
    all.append(settings.sparkIdentity()).append('\n').append(settings.spark()).append('\n');
    all.append(secretDigest).append('\n');
    all.append(command.words()).append(command.folder());
    command.environment().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> all.append('\n').append(entry));
    Stream.concat(
            ConfText.files(settings).stream().filter(file -> concerns(role, file.path())),
            daemon.files(unsized).stream())
        .forEach(file -> all.append('\n').append(concerning(role, file).digest()));
    ConfText.properties(settings).entrySet().stream()
        .filter(entry -> daemon.reads(entry.getKey()))
        .forEach(entry -> all.append('\n').append(entry));
    return ConfFile.sha256(all.toString());
  }

  private static boolean concerns(Role role, String path) {
    return path.equals("conf/spark-env.sh")
        || path.equals("conf/jvm.opts")
        || (path.equals("conf/worker.opts") && !role.isService());
  }

  /// A daemon goes on when what changes is not its own: a Master when the Worker beside it gets
  /// another size, or Applications other libraries.
  private static ConfFile concerning(Role role, ConfFile file) {
    return file.isBinary()
        ? file
        : new ConfFile(
            file.path(),
            file.text()
                .lines()
                .filter(line -> concernsLine(role, line))
                .collect(Collectors.joining("\n")),
            file.mode());
  }

  private static boolean concernsLine(Role role, String line) {
    boolean ofWorker = line.startsWith("export SPARK_WORKER_");
    boolean ofApplications =
        line.startsWith("export HUDDLE_DATA=") || line.contains("SPARK_DIST_CLASSPATH");
    return switch (role) {
      case WORKER -> true;
      case CONNECT, THRIFT -> !ofWorker;
      case MASTER, HISTORY, NOTEBOOK -> !ofWorker && !ofApplications;
    };
  }

  static boolean readByMasterAndWorker(String key) {
    return Stream.of(
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
        .anyMatch(key::startsWith);
  }

  static boolean readByDrivers(String key) {
    return Stream.of("spark.worker.", "spark.deploy.", "spark.history.", "spark.master.")
        .noneMatch(key::startsWith);
  }
}
