package huddle.spark;

import java.util.List;

/// A server that is a driver: clients talk to it at one port on loopback, with a token.
sealed interface DriverDaemon extends Daemon permits ConnectDaemon, ThriftDaemon {
  /// The port that clients come to.
  int port(HostSettings settings);

  @Override
  default String summary(HostSettings settings) {
    return role().title() + " at port " + port(settings);
  }

  @Override
  default List<Listen> listens(HostSettings settings) {
    return List.of(new Listen(role().word(), "127.0.0.1", port(settings)));
  }

  @Override
  default boolean listensNowhereElse() {
    return false;
  }

  @Override
  default boolean reads(String key) {
    return DaemonCommand.readByDrivers(key);
  }

  /// The file of its JVM's options, below the root.
  default String options() {
    return "conf/" + role().word() + ".opts";
  }

  /// The token is an option in a file: not in an argument list, and no other login reads it.
  ///
  /// @param property that the token is the value of
  default ConfFile optionsWithToken(HostSettings settings, String property) {
    return new ConfFile(
        options(),
        ConfText.jvmOptions(settings) + "-D" + property + "=" + ConfFile.token(role()) + "\n",
        "600");
  }
}
