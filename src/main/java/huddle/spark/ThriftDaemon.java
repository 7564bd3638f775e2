package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;

/// The thrift server: a driver that JDBC clients talk to, on loopback and with a user and token.
/// Its metastore lies in its working folder.
record ThriftDaemon() implements Daemon {
  private static final String OPTIONS = "conf/thrift.opts";

  @Override
  public Role role() {
    return Role.THRIFT;
  }

  @Override
  public String summary(HostSettings settings) {
    return "thrift server at port " + settings.ports().thrift();
  }

  @Override
  public List<Listen> listens(HostSettings settings) {
    return List.of(new Listen("thrift", "127.0.0.1", settings.ports().thrift()));
  }

  @Override
  public boolean listensNowhereElse() {
    return false;
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    String theirs = settings.conf().getOrDefault("spark.driver.extraClassPath", "");
    return DaemonCommand.ofDriver(
        this,
        settings,
        "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
        Map.of(
            "spark.driver.extraClassPath",
            settings.path(ThriftLogin.FOLDER) + (theirs.isEmpty() ? "" : ":" + theirs)),
        List.of(
            "--hiveconf",
            "hive.server2.thrift.bind.host=127.0.0.1",
            "--hiveconf",
            "hive.server2.thrift.port=" + settings.ports().thrift(),
            "--hiveconf",
            "hive.server2.authentication=CUSTOM",
            "--hiveconf",
            "hive.server2.custom.authentication.class=" + ThriftLogin.CLASS),
        OPTIONS);
  }

  @Override
  public List<ConfFile> files(HostSettings settings) {
    return List.of(
        new ConfFile(
            OPTIONS,
            ConfText.jvmOptions(settings)
                + "-D"
                + ThriftLogin.TOKEN
                + "="
                + ConfFile.token(role())
                + "\n",
            "600"),
        ThriftLogin.file());
  }

  @Override
  public boolean reads(String key) {
    return DaemonCommand.readByDrivers(key);
  }
}
