package huddle.lab;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The network of a lab: 10.213.<number>.0/24, with this machine at .1 and the hosts from .11 on.
///
/// @param number 0 to 255
record Network(int number) {
  private static final int NUMBERS = 256;
  private static final int FIRST_HOST = 11;

  /// The numbers to try for a lab of this name, the same first one each time, without those that a
  /// route of this machine leads to already.
  ///
  /// @param routes text of /proc/net/route
  static List<Integer> candidates(String lab, String routes) {
    List<Route> taken = routes.lines().skip(1).map(Route::parse).toList();
    int first = Math.floorMod(lab.hashCode(), NUMBERS);
    return IntStream.range(0, NUMBERS)
        .map(i -> (first + i) % NUMBERS)
        .filter(number -> taken.stream().noneMatch(route -> route.overlaps(number)))
        .boxed()
        .toList();
  }

  String cidr() {
    return "10.213." + number + ".0/24";
  }

  /// This machine's link to it.
  String uplink() {
    return "huddle" + number;
  }

  /// @param index of the host in the lab, from 0
  String address(int index) {
    return "10.213." + number + "." + (FIRST_HOST + index);
  }

  String mac(int index) {
    return String.format(Locale.ROOT, "02:68:64:%02x:00:%02x", number, FIRST_HOST + index);
  }

  /// The bridge's end of the host's link.
  static String port(int index) {
    return "port" + (FIRST_HOST + index);
  }

  private record Route(int destination, int mask) {
    /// /proc/net/route holds both in hexadecimal, in the byte order of the machine: little endian
    /// on x86 and Arm.
    static Route parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Route(
          Integer.reverseBytes(Integer.parseUnsignedInt(fields[1].strip(), 16)),
          Integer.reverseBytes(Integer.parseUnsignedInt(fields[7].strip(), 16)));
    }

    /// A wide route, as a VPN's for 10.0.0.0/8, gives way to the lab's narrow one.
    boolean overlaps(int number) {
      int network = 10 << 24 | 213 << 16 | number << 8;
      int wide = Integer.bitCount(mask);
      return wide >= 16 && (network & mask & 0xFFFFFF00) == (destination & 0xFFFFFF00 & mask);
    }
  }
}
