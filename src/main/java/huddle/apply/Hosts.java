package huddle.apply;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The open connections of a run, and the Master as reached through them.
public final class Hosts implements AutoCloseable {
  private final Map<String, Connection> connections;
  private final String master;
  private final MasterClient client;

  /// @param connections by host name; the Master's may be missing
  /// @param master name of the Master's host
  /// @param masterUi port of its page
  public Hosts(Map<String, Connection> connections, String master, int masterUi) {
    this.connections = new ConcurrentHashMap<>(connections);
    this.master = master;
    Connection toMaster = connections.get(master);
    this.client = new MasterClient(toMaster == null ? new Unreached(master) : toMaster, masterUi);
  }

  /// The connection of a host.
  ///
  /// @throws Failure if it could not be reached
  public Connection connection(String host) {
    return find(host)
        .orElseThrow(() -> Failure.on(host, "not connected", "see the host's own failure"));
  }

  /// The connection of a host, if it could be reached.
  public Optional<Connection> find(String host) {
    return Optional.ofNullable(connections.get(host));
  }

  /// Name of the Master's host.
  public String master() {
    return master;
  }

  /// The Master, whether it runs or not.
  public MasterClient masterClient() {
    return client;
  }

  @Override
  public void close() {
    connections.values().forEach(Connection::close);
  }

  /// Stands for a host that was not reached, so that asking its Master simply finds none.
  private record Unreached(String host) implements Connection {
    @Override
    public huddle.ssh.Output run(
        huddle.shell.Script script, Bytes input, java.time.Duration bound) {
      throw Failure.on(host, "not connected", "");
    }

    @Override
    public Session start(huddle.shell.Script script) {
      throw Failure.on(host, "not connected", "");
    }

    @Override
    public Channel dial(String address, int port) {
      throw Failure.on(host, "not connected", "");
    }

    @Override
    public void close() {}
  }
}
