package huddle.ssh;

/// Opens connections; what tests replace with hosts of their own.
@FunctionalInterface
public interface Connector {
  /// A connection that has been tried: the host answered.
  ///
  /// @param name the host's name as written in the file
  Connection connect(String name, Destination destination);
}
