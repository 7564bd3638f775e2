package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;

/// The thrift server: a driver that JDBC clients talk to, on loopback and with a user and token.
/// Its metastore lies in its working folder.
record ThriftDaemon() implements DriverDaemon {
  @Override
  public Role role() {
    return Role.THRIFT;
  }

  @Override
  public int port(HostSettings settings) {
    return settings.ports().thrift();
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
            "hive.server2.custom.authentication.class=" + ThriftLogin.CLASS));
  }

  @Override
  public List<ConfFile> files(HostSettings settings) {
    return List.of(optionsWithToken(settings, ThriftLogin.TOKEN), ThriftLogin.file());
  }
}
