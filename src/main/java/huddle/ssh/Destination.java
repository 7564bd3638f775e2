package huddle.ssh;

import java.util.Optional;
import java.util.OptionalInt;

/// How a host is reached, as `ssh` takes it: what is absent comes from the operator's
/// `~/.ssh/config`.
///
/// @param host ssh alias, name or address; `localhost` with nothing else means this machine,
///   without ssh
/// @param user login name
/// @param port 1 to 65535
/// @param identity path of a private key on the operator's machine; a leading `~/` is the
///   operator's home
public record Destination(
    String host, Optional<String> user, OptionalInt port, Optional<String> identity) {

  /// Whether this is the operator's own machine, reached without ssh.
  public boolean isThisMachine() {
    return host.equals("localhost") && user.isEmpty() && port.isEmpty() && identity.isEmpty();
  }

  /// As a person would type it: `user@host:port`.
  @Override
  public String toString() {
    return user.map(u -> u + "@").orElse("")
        + host
        + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
