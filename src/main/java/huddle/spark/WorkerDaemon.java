package huddle.spark;

import huddle.event.Count;
import huddle.spec.MemorySize;
import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A host's Worker.
record WorkerDaemon() implements Daemon {
  @Override
  public Role role() {
    return Role.WORKER;
  }

  @Override
  public String summary(HostSettings settings) {
    return "Worker with %s and %s"
        .formatted(
            Count.of(settings.worker().cores(), "core"),
            new MemorySize(Math.max(1, settings.worker().memoryMiB())));
  }

  @Override
  public List<Listen> listens(HostSettings settings) {
    return List.of(
        new Listen("worker", settings.address(), settings.ports().worker()),
        new Listen("workerUi", "127.0.0.1", settings.ports().workerUi()));
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    return DaemonCommand.ofClass(
        settings,
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
        Map.of(
            "JDK_JAVA_OPTIONS",
            "@" + settings.path("conf/worker.opts"),
            "SPARK_LOCAL_DIRS",
            localDirs(settings),
            // Its page shows what is below its work folder only.
            "SPARK_LOG_DIR",
            settings.path("work/log/")));
  }

  private static String localDirs(HostSettings settings) {
    return settings.dirs().isEmpty()
        ? settings.path("work/local")
        : settings.dirs().stream()
            .map(dir -> DaemonCommand.scratch(settings.cluster(), dir))
            .collect(Collectors.joining(","));
  }

  @Override
  public boolean reads(String key) {
    return DaemonCommand.readByMasterAndWorker(key);
  }
}
