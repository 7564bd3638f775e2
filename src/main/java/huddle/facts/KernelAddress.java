package huddle.facts;

import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;

/// IP addresses in hexadecimal, as /proc/net has them, to the text people know.
public final class KernelAddress {
  private static final int V4 = 4;
  private static final int V6 = 16;

  private KernelAddress() {}

  /// Of /proc/net/tcp, tcp6 and route: 32-bit words in the order of a little-endian machine.
  public static Optional<String> ofWords(String hex) {
    return bytes(hex)
        .map(bytes -> {
          byte[] ordered = new byte[bytes.length];
          for (int i = 0; i < bytes.length; i++) {
            ordered[i] = bytes[i / 4 * 4 + 3 - i % 4];
          }
          return text(ordered);
        });
  }

  /// Of /proc/net/if_inet6: bytes as they are.
  static Optional<String> ofBytes(String hex) {
    return bytes(hex).map(KernelAddress::text);
  }

  /// An IPv4 address or mask as a number, from its text; empty if it is none.
  static Optional<Integer> number(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != V4) {
      return Optional.empty();
    }
    int number = 0;
    for (String part : parts) {
      int value = Numbers.natural(part, 255).orElse(-1);
      if (value < 0) {
        return Optional.empty();
      }
      number = number << 8 | value;
    }
    return Optional.of(number);
  }

  private static Optional<byte[]> bytes(String hex) {
    boolean right =
        (hex.length() == 2 * V4 || hex.length() == 2 * V6)
            && hex.chars().allMatch(HexFormat::isHexDigit);
    return right ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
  }

  private static String text(byte[] bytes) {
    if (bytes.length == V4) {
      return dotted(bytes, 0);
    }
    return isMapped(bytes) ? dotted(bytes, V6 - V4) : colons(bytes);
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private static String dotted(byte[] bytes, int from) {
    StringJoiner text = new StringJoiner(".");
    for (int i = from; i < from + V4; i++) {
      text.add(Integer.toString(bytes[i] & 0xff));
    }
    return text.toString();
  }

  /// RFC 5952: the first longest run of two or more zero groups becomes `::`.
  private static String colons(byte[] bytes) {
    int[] groups = new int[V6 / 2];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Byte.toUnsignedInt(bytes[2 * i]) << 8 | Byte.toUnsignedInt(bytes[2 * i + 1]);
    }
    int runStart = 0;
    int runLength = 1;
    for (int start = 0; start < groups.length; start++) {
      int end = start;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - start > runLength) {
        runStart = start;
        runLength = end - start;
      }
    }
    if (runLength < 2) {
      return joined(groups, 0, groups.length);
    }
    return joined(groups, 0, runStart) + "::" + joined(groups, runStart + runLength, groups.length);
  }

  private static String joined(int[] groups, int from, int to) {
    StringJoiner text = new StringJoiner(":");
    for (int i = from; i < to; i++) {
      text.add(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
