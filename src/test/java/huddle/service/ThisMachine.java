package huddle.service;

import huddle.ssh.Connection;
import huddle.ssh.Connectors;
import huddle.ssh.Destination;
import huddle.ssh.SshClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// This machine as a host.
final class ThisMachine {
  private ThisMachine() {}

  static Connection as(String host) {
    Map<String, String> environment = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");
    return new Connectors(
            SshClient.system(Path.of("known_hosts"), environment), environment, event -> {})
        .connect(
            host,
            new Destination("localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()));
  }
}
