package huddle.cli;

import huddle.artifact.OperatorEnvironment;
import huddle.ui.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// What a command runs in: the process's surroundings, or a test's.
///
/// @param environment variables of the operator
/// @param home the operator's home folder
/// @param folder that relative paths start from
/// @param connectors makes what connects, given where its host keys are kept
public record Context(
    Terminal terminal,
    Map<String, String> environment,
    Path home,
    Path folder,
    InstantSource clock,
    Connectors connectors) {
  public Context {
    environment = Map.copyOf(environment);
  }

  /// Makes the connectors of a cluster.
  @FunctionalInterface
  public interface Connectors {
    /// @param knownHosts where host keys of first contacts are recorded
    /// @param events hears of first contacts
    huddle.ssh.Connectors of(Path knownHosts, huddle.event.Events events);
  }

  /// The operator's machine, to what fetches for hosts.
  OperatorEnvironment operator() {
    return new OperatorEnvironment(environment, home);
  }

  /// `$XDG_CACHE_HOME/huddle`.
  Path cache() {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder = Path.of(cache);
    return (cache.isEmpty() || !folder.isAbsolute() ? home.resolve(".cache") : folder)
        .resolve("huddle");
  }

  /// Where the host keys of a cluster are recorded.
  Path knownHosts(String cluster) {
    return home.resolve(".huddle").resolve("known_hosts").resolve(cluster);
  }
}
