package huddle.spark;

import huddle.spec.Ports;
import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Settings of a host in a cluster of two.
public final class SampleSettings {
  private SampleSettings() {}

  /// A Master's host with a Worker, and scratch folders and settings of its own.
  public static HostSettings full(String root) {
    return of(root, Set.of(Role.MASTER, Role.WORKER));
  }

  public static HostSettings of(String root, Set<Role> roles) {
    return of(
        root,
        roles,
        Map.of(
            "spark.sql.shuffle.partitions",
            "64",
            "spark.app.note",
            " a\\b\nc\rspark.authenticate false"));
  }

  /// With these keys under `conf:`.
  public static HostSettings with(String root, Map<String, String> conf) {
    return of(root, Set.of(Role.MASTER, Role.WORKER), conf);
  }

  private static HostSettings of(String root, Set<Role> roles, Map<String, String> conf) {
    return new HostSettings(
        "penguins",
        "worker.one",
        root,
        "10.0.0.1",
        roles,
        new SparkVersion(4, 3, 0),
        "",
        "/usr/lib/jvm/java-21",
        "/usr/bin/python3",
        new HostSettings.MasterAddress("10.0.0.1", 7077),
        Ports.DEFAULT,
        roles.contains(Role.WORKER)
            ? new HostSettings.WorkerSize(4, 6_144)
            : new HostSettings.WorkerSize(0, 0),
        List.of(),
        Map.of("TZ", "UTC", "GREETING", "it's $HOME"),
        conf,
        List.of("10.0.0.1", "10.0.0.2"),
        roles.contains(Role.MASTER)
            ? new Services(
                Set.copyOf(Role.SERVICES),
                Map.of(),
                List.of(
                    new HostSettings.WorkerSize(4, 6_144), new HostSettings.WorkerSize(8, 12_288)))
            : Services.NONE,
        Optional.of("jars-0123456789ab"),
        "/var/tmp/huddle-penguins");
  }
}
