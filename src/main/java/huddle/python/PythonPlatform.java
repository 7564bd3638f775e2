package huddle.python;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What wheels and interpreters must be built for.
///
/// @param arch as `uname -m`: `x86_64`, `aarch64`
/// @param glibc the minor of glibc 2; 0 for musl
public record PythonPlatform(String arch, int glibc) {
  /// Where a host does not tell its C library: what wheels have been built for since 2014.
  private static final int OLDEST = 17;

  /// The levels that uv knows, lowest first.
  private static final List<Integer> LEVELS =
      List.of(17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40);

  /// A host's.
  ///
  /// @param arch as `uname -m`
  /// @param libc as in the facts: `glibc 2.36`, `musl 1.2.4`, empty
  public static PythonPlatform host(String arch, String libc) {
    if (libc.startsWith("musl")) {
      return new PythonPlatform(arch, 0);
    }
    String minor = libc.replaceFirst("^glibc 2\\.([0-9]{1,3}).*$", "$1");
    return new PythonPlatform(arch, minor.matches("[0-9]+") ? Integer.parseInt(minor) : OLDEST);
  }

  /// One for all hosts of the same architecture and kind of C library, by [#key]: the lowest, so
  /// that its wheels run on all of them.
  public static Map<String, PythonPlatform> lowest(Collection<PythonPlatform> hosts) {
    Map<String, PythonPlatform> lowest = new LinkedHashMap<>();
    for (PythonPlatform host : hosts) {
      lowest.merge(host.key(), host, (a, b) -> a.glibc() <= b.glibc() ? a : b);
    }
    return lowest;
  }

  /// `x86_64-glibc`.
  public String key() {
    return arch + (isMusl() ? "-musl" : "-glibc");
  }

  /// Whether its C library is musl.
  public boolean isMusl() {
    return glibc == 0;
  }

  /// As uv names it; empty if uv has no name for it.
  public Optional<String> uvName() {
    if (!List.of("x86_64", "aarch64", "riscv64").contains(arch)) {
      return Optional.empty();
    }
    if (arch.equals("riscv64")) {
      return isMusl() ? Optional.empty() : Optional.of("riscv64-unknown-linux");
    }
    if (isMusl()) {
      return Optional.of(arch + "-unknown-linux-musl");
    }
    int level = LEVELS.stream().filter(known -> known <= glibc).reduce((a, b) -> b).orElse(OLDEST);
    return Optional.of(arch + "-manylinux_2_" + level);
  }

  /// `x86_64 with glibc 2.36`.
  @Override
  public String toString() {
    return arch + " with " + (isMusl() ? "musl" : "glibc 2." + glibc);
  }
}
