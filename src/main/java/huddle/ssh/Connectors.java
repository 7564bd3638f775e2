package huddle.ssh;

import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Connects to any destination: this machine directly, every other over the system's OpenSSH
/// client. Safe for use by several threads; one per command.
public final class Connectors implements Connector {
  /// sshd begins to turn away at 10 logins at once, and one jump host may stand before all.
  private static final int HANDSHAKES = 8;

  private final SshClient client;
  private final Map<String, String> environment;
  private final Supplier<Path> sockets;
  private final Events events;
  private final Semaphore handshakes = new Semaphore(HANDSHAKES);
  private final Map<Path, ControlMaster> masters = new ConcurrentHashMap<>();

  /// @param client the folder of its known_hosts is made at the first connection
  /// @param environment the operator's own
  /// @param events hears of every first contact
  public Connectors(SshClient client, Map<String, String> environment, Events events) {
    this(client, environment, () -> SocketDirectory.open(environment), events);
  }

  Connectors(
      SshClient client, Map<String, String> environment, Supplier<Path> sockets, Events events) {
    this.client = client;
    this.environment = Map.copyOf(environment);
    this.sockets = sockets;
    this.events = events;
  }

  @Override
  public Connection connect(String name, Destination destination) {
    if (destination.isThisMachine()) {
      return new LocalConnection(name, environment);
    }
    OpenSshConnection connection = OpenSshConnection.open(name, client, master(name, destination));
    connection.newHostKey().ifPresent(key -> firstContact(name, key));
    return connection;
  }

  void firstContact(String name, String key) {
    events.report(
        new Event.Note(
            name,
            "first contact: its host key %s is now in %s".formatted(key, client.knownHosts())));
  }

  /// The command line of a session on the operator's terminal. Words added to it are a command for
  /// the login shell.
  public List<String> interactive(String name, Destination destination) {
    return destination.isThisMachine()
        ? List.of(environment.getOrDefault("SHELL", "/bin/sh"))
        : client.interactive(target(name, destination));
  }

  /// Ends every connection that was opened here, instead of leaving it for the next command.
  public void closeAll() {
    masters.values().forEach(ControlMaster::exit);
  }

  SshClient client() {
    return client;
  }

  Path sockets() {
    return sockets.get();
  }

  /// Where a destination leads by the operator's configuration.
  SshClient.Target target(String name, Destination destination) {
    makeKnownHostsFolder();
    Path folder = sockets();
    Output output =
        new ClientCommand(name, client.config(destination), Map.of(), folder)
            .run(Duration.ofSeconds(20));
    if (output.exit() != 0) {
      throw SshFailure.explain(name, destination, output.exit(), output.stderr());
    }
    SshConfig config = SshConfig.parse(output.stdout());
    // Whatever changes in the operator's configuration makes a connection of its own.
    String socket =
        SshConfig.sha256(destination + "\n" + client + "\n" + config.digest()).substring(0, 16);
    return new SshClient.Target(destination, config, folder, socket);
  }

  private ControlMaster master(String name, Destination destination) {
    SshClient.Target target = target(name, destination);
    return masters.computeIfAbsent(
        target.socket(), _ -> new ControlMaster(name, client, target, handshakes));
  }

  private void makeKnownHostsFolder() {
    try {
      Path folder = client.knownHosts().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw Failure.of(
          "the folder of " + client.knownHosts() + " cannot be made: " + e,
          "make it writable: host keys are recorded there");
    }
  }
}
