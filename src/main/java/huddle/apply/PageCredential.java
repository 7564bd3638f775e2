package huddle.apply;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spark.PageKey;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What opens the cluster's pages: read from the secret on the Master's host, and never kept here.
/// It goes only to ports that the cluster's own login listens on: anyone may take a port whose
/// daemon is down.
///
/// @param connection to the Master's host
/// @param root there, as in the file
public record PageCredential(Connection connection, String root) {
  private static final Duration BOUND = Duration.ofSeconds(30);

  /// What a host says.
  ///
  /// @param authorization the header's value; empty where the host has no secret
  /// @param ports of the loopback that the login listens on, and nobody else
  public record Doors(Optional<String> authorization, Set<Integer> ports) {
    public Doors {
      ports = Set.copyOf(ports);
    }
  }

  /// Asks the Master's host for both.
  public Doors doors() {
    return doors(connection, root);
  }

  /// Asks another host for its ports.
  public static Set<Integer> ports(Connection other) {
    return doors(other, "").ports();
  }

  /// @throws Failure if the host cannot be reached
  private static Doors doors(Connection connection, String root) {
    Script script = Script.resource(PageCredential.class, "doors").with("ROOT", root);
    Output output = connection.run(script, BOUND);
    List<String> lines = output.stdout().lines().limit(2).toList();
    Optional<String> secret =
        lines.stream().findFirst().filter(line -> line.matches("[0-9a-f]{64}"));
    Set<Integer> ports =
        lines.size() < 2
            ? Set.of()
            : Arrays.stream(lines.get(1).split(" ", 10_000))
                .filter(word -> word.matches("[1-9][0-9]{0,4}"))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    return new Doors(secret.map(PageKey::authorization), ports);
  }
}
