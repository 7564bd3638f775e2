package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;

/// The Master.
record MasterDaemon() implements Daemon {
  @Override
  public Role role() {
    return Role.MASTER;
  }

  @Override
  public String summary(HostSettings settings) {
    return "Master at " + settings.master().url();
  }

  @Override
  public List<Listen> listens(HostSettings settings) {
    return List.of(
        new Listen("master", settings.address(), settings.ports().master()),
        new Listen("masterUi", "127.0.0.1", settings.ports().masterUi()));
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    return DaemonCommand.ofClass(
        settings,
        "org.apache.spark.deploy.master.Master",
        List.of(
            "--host",
            settings.address(),
            "--port",
            Integer.toString(settings.ports().master()),
            "--webui-port",
            Integer.toString(settings.ports().masterUi())),
        Map.of(
            "JDK_JAVA_OPTIONS",
            "@" + settings.path("conf/jvm.opts"),
            // The slash: its page puts a file's name right behind it.
            "SPARK_LOG_DIR",
            settings.path("logs/master/")));
  }

  @Override
  public boolean reads(String key) {
    return DaemonCommand.readByMasterAndWorker(key);
  }
}
