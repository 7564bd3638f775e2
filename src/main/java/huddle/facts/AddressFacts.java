package huddle.facts;

import huddle.facts.HostFacts.Address;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Addresses of a host's interfaces, from `ip -o addr` or, without it, from the kernel's tables.
final class AddressFacts {
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  private AddressFacts() {}

  static List<Address> of(FactLines facts) {
    List<Address> addresses = new ArrayList<>();
    facts.all("ip", 4).forEach(line -> fromIp(line).ifPresent(addresses::add));
    facts
        .all("local", 1)
        .forEach(line -> fromTrie(line.getFirst(), facts).ifPresent(addresses::add));
    facts.all("inet6", 3).forEach(line -> fromInet6(line).ifPresent(addresses::add));
    return addresses.stream().filter(AddressFacts::counts).distinct().toList();
  }

  /// Loopback is no way in; a link-local IPv6 address without its zone is no address.
  private static boolean counts(Address address) {
    String text = address.address();
    return !address.device().equals("lo")
        && isNumeric(text)
        && !text.startsWith("127.")
        && !text.equals("::1")
        && !text.startsWith("fe80:");
  }

  /// Whether it can be an IP address: nothing but digits, dots and colons.
  static boolean isNumeric(String text) {
    return !text.isEmpty()
        && text.length() <= 45
        && text.chars().allMatch(c -> c == '.' || c == ':' || HexFormat.isHexDigit(c))
        && (text.indexOf('.') > 0 || text.indexOf(':') >= 0);
  }

  /// Device, family, `address/prefix` or `address`, and what follows: a peer's `address/prefix`.
  private static Optional<Address> fromIp(List<String> line) {
    boolean v4 = line.get(1).equals("inet");
    if (!v4 && !line.get(1).equals("inet6")) {
      return Optional.empty();
    }
    String own = line.get(2);
    String withPrefix = own.indexOf('/') > 0 ? own : line.get(3);
    int slash = withPrefix.indexOf('/');
    int most = v4 ? V4_BITS : V6_BITS;
    int prefix =
        slash < 0 ? most : Numbers.natural(withPrefix.substring(slash + 1), most).orElse(most);
    String address = own.indexOf('/') > 0 ? own.substring(0, own.indexOf('/')) : own;
    return Optional.of(new Address(device(line.getFirst()), address, prefix));
  }

  /// `eth0@if5` is the device eth0.
  private static String device(String text) {
    int at = text.indexOf('@');
    return at > 0 ? text.substring(0, at) : text;
  }

  /// The route to its own network tells an address's device and prefix.
  private static Optional<Address> fromTrie(String address, FactLines facts) {
    return KernelAddress.number(address)
        .map(number -> {
          Address best = new Address("", address, V4_BITS);
          int longest = 0;
          for (List<String> route : facts.all("route", 3)) {
            Optional<Integer> network =
                KernelAddress.ofWords(route.get(1)).flatMap(KernelAddress::number);
            Optional<Integer> mask =
                KernelAddress.ofWords(route.get(2)).flatMap(KernelAddress::number);
            if (network.isPresent() && mask.isPresent()) {
              int bits = Integer.bitCount(mask.get());
              if (bits > longest && (number & mask.get()) == network.get()) {
                longest = bits;
                best = new Address(route.getFirst(), address, bits);
              }
            }
          }
          return best;
        });
  }

  private static Optional<Address> fromInet6(List<String> line) {
    boolean hexPrefix =
        line.get(2).length() == 2 && line.get(2).chars().allMatch(HexFormat::isHexDigit);
    int prefix = hexPrefix ? HexFormat.fromHexDigits(line.get(2)) : V6_BITS;
    return KernelAddress.ofBytes(line.get(1))
        .map(address -> new Address(line.getFirst(), address, Math.min(prefix, V6_BITS)));
  }
}
