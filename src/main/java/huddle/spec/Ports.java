package huddle.spec;

/// TCP ports of the cluster's daemons; two clusters on the same hosts need different ones.
public record Ports(
    @Key(value = "the Master's, that Workers and drivers connect to", example = "7077") int master,
    @Key(value = "the Master's page, on loopback", example = "8080") int masterUi,
    @Key(value = "every Worker's, that the Master and drivers connect to", example = "7078")
        int worker,
    @Key(value = "every Worker's page, on loopback", example = "8081") int workerUi,
    @Key(value = "the Spark Connect server's, on loopback", example = "15002") int connect,
    @Key(value = "the thrift server's, for JDBC, on loopback", example = "10000") int thrift,
    @Key(value = "the History Server's page, on loopback", example = "18080") int history) {
  /// Spark's own, with a fixed one for Workers.
  public static final Ports DEFAULT = new Ports(7077, 8080, 7078, 8081, 15002, 10000, 18080);
}
