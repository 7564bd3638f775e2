package huddle.apply;

import huddle.event.Failure;
import huddle.spec.Host;
import huddle.ssh.Connection;
import huddle.ssh.Connector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The connections of a run: opened side by side, one a host, those that failed kept with their
/// reason.
public final class Hosts implements AutoCloseable {
  private final Connector connector;
  private final String master;
  private final String masterRoot;
  private final int masterUi;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();
  private Optional<MasterClient> client = Optional.empty();

  /// @param master name of the Master's host
  /// @param masterRoot the cluster's folder there, as in the file
  /// @param masterUi port of its page
  public Hosts(Connector connector, String master, String masterRoot, int masterUi) {
    this.connector = connector;
    this.master = master;
    this.masterRoot = masterRoot;
    this.masterUi = masterUi;
  }

  /// Connects to the hosts that were not tried yet; waits for all. One that could not be reached is
  /// out of this run: every further try would cost its whole timeout again.
  public void open(List<Host> hosts) throws InterruptedException {
    SideBySide.run(
        hosts.stream()
            .filter(
                host -> !connections.containsKey(host.name()) && !failures.containsKey(host.name()))
            .toList(),
        host -> {
          try {
            connections.put(host.name(), connector.connect(host.name(), host.destination()));
          } catch (Failure failure) {
            failures.put(host.name(), failure);
          }
        });
  }

  /// The connection of a host.
  ///
  /// @throws Failure why it could not be reached
  public Connection connection(String host) {
    Connection connection = connections.get(host);
    if (connection == null) {
      Failure failure = failures.get(host);
      throw failure == null ? Failure.on(host, "not connected", "") : failure;
    }
    return connection;
  }

  /// The connection of a host, if it could be reached.
  public Optional<Connection> find(String host) {
    return Optional.ofNullable(connections.get(host));
  }

  /// Why hosts could not be reached, by name.
  public Map<String, Failure> failures() {
    return new LinkedHashMap<>(failures);
  }

  /// Name of the Master's host.
  public String master() {
    return master;
  }

  /// What opens the cluster's pages.
  ///
  /// @throws Failure if the Master's host could not be reached
  public PageCredential pageCredential() {
    return new PageCredential(connection(master), masterRoot);
  }

  /// The Master, whether it runs or not.
  ///
  /// @throws Failure if its host could not be reached
  public synchronized MasterClient masterClient() {
    if (client.isEmpty()) {
      client = Optional.of(new MasterClient(connection(master), masterRoot, masterUi));
    }
    return client.get();
  }

  @Override
  public void close() {
    connections.values().forEach(Connection::close);
  }
}
