package huddle.spec;

import huddle.ssh.Destination;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One machine of the cluster with all it does: the Master's host that also has a Worker is one
/// Host with two roles.
///
/// @param name unique in the cluster; the `host` of the file, with user or port where that alone is
///   ambiguous
/// @param root as in the file, or `~/.huddle/<cluster>`; a leading `~/` is the login's home on that
///   host
/// @param cores for the Worker; empty: from the facts
/// @param memory for the Worker; empty: from the facts
/// @param dirs scratch folders; empty: a folder under the root
public record Host(
    String name,
    Destination destination,
    Set<Role> roles,
    String root,
    OptionalInt cores,
    Optional<MemorySize> memory,
    List<String> dirs,
    Map<String, String> env) {
  public Host {
    roles = Set.copyOf(roles);
    dirs = List.copyOf(dirs);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /// Whether it does this.
  public boolean is(Role role) {
    return roles.contains(role);
  }
}
