package huddle.spark;

import huddle.spec.Role;
import java.util.List;
import java.util.Optional;

/// What one kind of daemon is: how it starts, where it listens, what it depends on.
public sealed interface Daemon
    permits MasterDaemon, WorkerDaemon, HistoryDaemon, DriverDaemon, NotebookDaemon {
  /// The kind of a role.
  static Daemon of(Role role) {
    return switch (role) {
      case MASTER -> new MasterDaemon();
      case WORKER -> new WorkerDaemon();
      case HISTORY -> new HistoryDaemon();
      case CONNECT -> new ConnectDaemon();
      case THRIFT -> new ThriftDaemon();
      case NOTEBOOK -> new NotebookDaemon();
    };
  }

  /// A TCP port that it listens on.
  ///
  /// @param key below `ports:` in the file
  /// @param address that it is bound to
  record Listen(String key, String address, int port) {}

  Role role();

  /// In plans: `Master at spark://10.0.0.1:7077`.
  String summary(HostSettings settings);

  /// The ports that it listens on once it serves, its own first.
  List<Listen> listens(HostSettings settings);

  /// The Unix socket that it listens on once it serves, below the root.
  default Optional<String> socket() {
    return Optional.empty();
  }

  /// Folders, absolute, that it needs beyond the root's own.
  default List<String> folders(HostSettings settings) {
    return List.of();
  }

  /// Whether it listens on those ports only, so that one more of its ports means that one of them
  /// was taken. A driver opens others of its own.
  default boolean listensNowhereElse() {
    return true;
  }

  DaemonCommand command(HostSettings settings);

  /// Files that only it reads, on the host that is its place.
  default List<ConfFile> files(HostSettings settings) {
    return List.of();
  }

  /// Whether a running one depends on this `spark.*` key.
  boolean reads(String key);

  /// Why this release of Spark cannot run it, and what to do; empty if it can.
  default Optional<Lack> lack(SparkVersion spark) {
    return Optional.empty();
  }

  /// @param what `Spark 3.5.1 has no …`
  record Lack(String what, String remedy) {}
}
