package huddle.spark;

import huddle.spec.Ports;
import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Everything that the files and daemons of one host follow from, decided. Two equal settings give
/// the same bytes.
///
/// @param host its name in the cluster
/// @param root absolute path of the install root
/// @param address that it advertises: numeric, the other hosts reach it
/// @param spark the release, and `sparkIdentity` which build of it
/// @param javaHome absolute path on the host
/// @param python absolute path on the host: of the interpreter, or of that of an environment that
///   Huddle made (`…/python-DIGEST/bin/python3`)
/// @param master where the Master is
/// @param worker what the Worker hands out; zero cores where the host has no Worker
/// @param dirs scratch folders, absolute
/// @param env environment of daemons and executors
/// @param conf `spark.*` keys of the file
/// @param workers addresses of all Workers, for Spark's own scripts
/// @param services what those whose place this host is are started with
/// @param jarFolder folder of the JVM libraries below the root, `jars-…`; empty if there are none
/// @param data folder that has the same files on every host, absolute
public record HostSettings(
    String cluster,
    String host,
    String root,
    String address,
    Set<Role> roles,
    SparkVersion spark,
    String sparkIdentity,
    String javaHome,
    String python,
    MasterAddress master,
    Ports ports,
    WorkerSize worker,
    List<String> dirs,
    Map<String, String> env,
    Map<String, String> conf,
    List<String> workers,
    Services services,
    Optional<String> jarFolder,
    String data) {
  private static final Pattern ENVIRONMENT =
      Pattern.compile(".*/(python-[0-9a-f]{12})/bin/python3");

  public HostSettings {
    roles = Set.copyOf(roles);
    dirs = List.copyOf(dirs);
    env = java.util.Collections.unmodifiableMap(new TreeMap<>(env));
    conf = java.util.Collections.unmodifiableMap(new TreeMap<>(conf));
    workers = List.copyOf(workers);
  }

  /// @param address numeric
  public record MasterAddress(String address, int port) {
    /// `spark://10.0.0.1:7077`.
    public String url() {
      return "spark://" + address + ":" + port;
    }
  }

  /// What a Worker hands out to executors.
  public record WorkerSize(int cores, long memoryMiB) {}

  /// With other services.
  HostSettings withServices(Services other) {
    return new HostSettings(
        cluster,
        host,
        root,
        address,
        roles,
        spark,
        sparkIdentity,
        javaHome,
        python,
        master,
        ports,
        worker,
        dirs,
        env,
        conf,
        workers,
        other,
        jarFolder,
        data);
  }

  /// Folder of this Spark below the root.
  public String sparkFolder() {
    return "spark-" + spark;
  }

  /// SPARK_HOME on the host.
  public String sparkHome() {
    return root + "/" + sparkFolder();
  }

  /// The name that Spark is told of the cluster's Python. Executors run the driver's string as it
  /// is and every host has this name first on its PATH. An environment has one of its own: a host
  /// without this very environment fails loudly.
  public String pythonCommand() {
    Matcher environment = ENVIRONMENT.matcher(python);
    return environment.matches() && python.startsWith(root + "/")
        ? "huddle-" + environment.group(1)
        : "huddle-python";
  }

  /// A path below the root, absolute.
  public String path(String below) {
    return root + "/" + below;
  }
}
