package huddle.web;

import huddle.ssh.Connection;
import java.util.Optional;

/// A port on the loopback of a host that a page answers on.
///
/// @param authorization what the page asks for; empty if it asks for nothing
record Place(Connection connection, int port, Optional<String> authorization) {
  /// @throws huddle.event.Failure if the host cannot be reached
  Connection.Channel dial() {
    return connection.dial("127.0.0.1", port);
  }

  /// What goes into the Host header.
  String authority() {
    return "127.0.0.1:" + port;
  }
}
