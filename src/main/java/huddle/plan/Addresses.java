package huddle.plan;

import huddle.facts.HostFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which address each host advertises: one that the other hosts can reach, whatever `/etc/hosts`
/// says of its name.
final class Addresses {
  private Addresses() {}

  /// Advertised address by host name. A host with none that fits is left out.
  static Map<String, String> advertised(Map<String, HostFacts> hosts, boolean several) {
    Map<String, String> advertised = new LinkedHashMap<>();
    hosts.forEach((name, facts) -> {
      if (!several && facts.reachedAt().isEmpty()) {
        // One machine, this one: nothing needs the network, and a laptop changes its addresses.
        advertised.put(name, "127.0.0.1");
      } else {
        of(facts, hosts).ifPresent(address -> advertised.put(name, address));
      }
    });
    return advertised;
  }

  private static Optional<String> of(HostFacts facts, Map<String, HostFacts> hosts) {
    List<HostFacts.Address> usable =
        facts.addresses().stream().filter(a -> isUsable(a.address())).toList();
    // Where the operator came in on is known to work from outside; the host's own view of it is
    // beyond any NAT.
    Optional<String> reached = facts.reachedAt().filter(Addresses::isUsable);
    if (reached.isPresent()) {
      return reached;
    }
    // This machine, or one reached through its loopback: the network it shares with most of the
    // others.
    return usable.stream()
        .max((a, b) -> {
          int byPeers = Long.compare(peers(a, hosts), peers(b, hosts));
          return byPeers != 0 ? byPeers : Boolean.compare(!isVirtual(a), !isVirtual(b));
        })
        .map(HostFacts.Address::address);
  }

  private static long peers(HostFacts.Address address, Map<String, HostFacts> hosts) {
    return hosts.values().stream()
        .filter(other ->
            other.reachedAt().isPresent() && sameNetwork(address, other.reachedAt().orElse("")))
        .count();
  }

  /// Whether an IPv4 address lies in the network of another.
  static boolean sameNetwork(HostFacts.Address network, String address) {
    Optional<Integer> one = ipv4(network.address());
    Optional<Integer> other = ipv4(address);
    if (one.isEmpty() || other.isEmpty() || network.prefix() < 1 || network.prefix() > 32) {
      return false;
    }
    int mask = -1 << (32 - network.prefix());
    return (one.get() & mask) == (other.get() & mask);
  }

  private static Optional<Integer> ipv4(String text) {
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() != 4) {
      return Optional.empty();
    }
    int value = 0;
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
        return Optional.empty();
      }
      value = value << 8 | Integer.parseInt(part);
    }
    return Optional.of(value);
  }

  private static boolean isUsable(String address) {
    return ipv4(address).isPresent()
        && !address.startsWith("127.")
        && !address.startsWith("169.254.");
  }

  /// Bridges of container engines and the like: present on many hosts with the same address,
  /// reachable on none.
  private static boolean isVirtual(HostFacts.Address address) {
    return address
        .device()
        .matches("(docker|br-|virbr|veth|lxc|lxd|cni|flannel|podman|tun|tap|wg).*");
  }
}
