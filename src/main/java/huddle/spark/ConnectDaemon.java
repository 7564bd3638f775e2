package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Spark Connect server: a driver that clients talk to over gRPC, on loopback and with a token.
record ConnectDaemon() implements DriverDaemon {
  @Override
  public Role role() {
    return Role.CONNECT;
  }

  @Override
  public int port(HostSettings settings) {
    return settings.ports().connect();
  }

  @Override
  public DaemonCommand command(HostSettings settings) {
    return DaemonCommand.ofDriver(
        this,
        settings,
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        Map.of(
            "spark.connect.grpc.binding.address",
            "127.0.0.1",
            "spark.connect.grpc.binding.port",
            Integer.toString(settings.ports().connect())),
        List.of());
  }

  @Override
  public List<ConfFile> files(HostSettings settings) {
    return List.of(optionsWithToken(settings, "spark.connect.authenticate.token"));
  }

  @Override
  public Optional<Lack> lack(SparkVersion spark) {
    return spark.isAtLeast(4, 0)
        ? Optional.empty()
        : Optional.of(
            new Lack(
                "Spark %s has Spark Connect only as a separate jar, and without a token"
                    .formatted(spark),
                "choose 4.0 or later with `spark: {version: …}`, or leave `connect` out"));
  }
}
