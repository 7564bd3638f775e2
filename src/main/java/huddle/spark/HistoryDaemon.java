package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The History Server: the pages of Applications that ended, from their event logs on the Master's
/// host.
record HistoryDaemon() implements Daemon {
  @Override
  public Role role() {
    return Role.HISTORY;
  }

  @Override
  public String summary(HostSettings settings) {
    return "History Server at port " + settings.ports().history();
  }

  @Override
  public List<Listen> listens(HostSettings settings) {
    return List.of(new Listen("history", "127.0.0.1", settings.ports().history()));
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    String port = "-Dspark.history.ui.port=" + settings.ports().history();
    return DaemonCommand.ofClass(
        settings,
        "org.apache.spark.deploy.history.HistoryServer",
        List.of(),
        Map.of(
            "JDK_JAVA_OPTIONS",
            "@" + settings.path("conf/jvm.opts"),
            "SPARK_LOG_DIR",
            settings.path("logs/history/"),
            "SPARK_DAEMON_MEMORY",
            settings.services().memory(Role.HISTORY),
            "SPARK_HISTORY_OPTS",
            port + " " + DaemonCommand.serviceMarks(this, settings)));
  }

  @Override
  public boolean reads(String key) {
    return Stream.of(
            "spark.history.", "spark.eventLog.dir", "spark.ui.", "spark.ssl.", "spark.acls.")
        .anyMatch(key::startsWith);
  }
}
