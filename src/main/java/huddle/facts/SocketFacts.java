package huddle.facts;

import huddle.facts.HostFacts.Listening;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// TCP sockets that listen, as /proc/net/tcp and tcp6 tell them.
final class SocketFacts {
  private SocketFacts() {}

  static List<Listening> listening(FactLines facts) {
    return sockets(facts).map(Socket::listening).distinct().toList();
  }

  /// The ports that the sockets with these inodes listen on, ascending.
  static List<Integer> ports(FactLines facts, Set<String> inodes) {
    Set<Integer> ports =
        sockets(facts)
            .filter(socket -> inodes.contains(socket.inode()))
            .map(socket -> socket.listening().port())
            .collect(Collectors.toSet());
    return ports.stream().sorted().toList();
  }

  private record Socket(Listening listening, String inode) {}

  private static Stream<Socket> sockets(FactLines facts) {
    return facts.all("listen", 2).stream()
        .flatMap(line -> listening(line.getFirst()).map(l -> new Socket(l, line.get(1))).stream());
  }

  /// `0100007F:1F90`.
  private static Optional<Listening> listening(String hex) {
    int colon = hex.indexOf(':');
    String port = hex.substring(colon + 1);
    if (colon < 0 || port.length() != 4 || !port.chars().allMatch(HexFormat::isHexDigit)) {
      return Optional.empty();
    }
    return KernelAddress.ofWords(hex.substring(0, colon))
        .map(address -> new Listening(address, HexFormat.fromHexDigits(port)));
  }
}
