package huddle.facts;

import huddle.spec.Role;
import java.util.List;
import java.util.Optional;

/// What one probe of a host found. Every text in it is hostile input.
///
/// @param user login name; `home` its home folder, `shell` its login shell
/// @param hostName the host's own name
/// @param hostNameAddresses what that name resolves to on the host; empty if it does not
/// @param os for example `Debian GNU/Linux 12 (bookworm)`
/// @param arch as `uname -m`: `x86_64`, `aarch64`
/// @param libc for example `glibc 2.36` or `musl 1.2.4`; empty if unknown
/// @param cores that this login may use: cgroup and affinity limits count
/// @param memoryMiB likewise
/// @param reachedAt the address of the host that the operator's connection came in on; empty for
///   this machine
/// @param addresses of its interfaces that are up, loopback and link-local IPv6 left out
/// @param clockOffsetMillis the host's clock less the operator's; good to about half a round trip
/// @param openFiles hard limit of open files, which daemons raise their soft one to; -1 for
///   unlimited
/// @param missing programs that scripts start there and are not found
/// @param disks one for each folder that matters: the root, `/tmp`, each of `dirs`
/// @param javas every Java found, best place first (PATH, JAVA_HOME, /usr/lib/jvm, managers'
///   folders, under the root)
/// @param pythons every CPython `python3*` found, first on the PATH first; managers' shims left
///   out, the versions behind them not
/// @param listening every TCP port in state LISTEN
/// @param daemons every Spark Master and Worker process, and every service of Huddle's, on the host
///   whoever owns it
/// @param installed what this cluster has under its root
public record HostFacts(
    String user,
    String home,
    String shell,
    String hostName,
    List<String> hostNameAddresses,
    String os,
    String arch,
    String libc,
    int cores,
    long memoryMiB,
    Optional<String> reachedAt,
    List<Address> addresses,
    long clockOffsetMillis,
    long openFiles,
    List<String> missing,
    List<Disk> disks,
    List<Java> javas,
    List<Python> pythons,
    List<Listening> listening,
    List<SparkDaemon> daemons,
    Installed installed) {

  public HostFacts {
    hostNameAddresses = List.copyOf(hostNameAddresses);
    addresses = List.copyOf(addresses);
    missing = List.copyOf(missing);
    disks = List.copyOf(disks);
    javas = List.copyOf(javas);
    pythons = List.copyOf(pythons);
    listening = List.copyOf(listening);
    daemons = List.copyOf(daemons);
  }

  /// @param device interface name, `eth0`
  /// @param address numeric, without zone
  /// @param prefix length of its network's prefix
  public record Address(String device, String address, int prefix) {}

  /// @param folder as asked for, made absolute; the numbers are of the nearest parent that exists,
  ///   0 where the host cannot tell
  /// @param usedFor `root`, `tmp` or `dir`
  /// @param writable whether this login may create it or in it
  /// @param flags of the mount, for example `rw,nosuid,noexec`
  public record Disk(
      String folder,
      String usedFor,
      long totalMiB,
      long freeMiB,
      boolean writable,
      String fileSystem,
      List<String> flags) {
    public Disk {
      flags = List.copyOf(flags);
    }
  }

  /// @param home absolute, links resolved
  /// @param version as its release file or `-version` says: `17.0.15`, `1.8.0_392`
  /// @param major 8, 11, 17, 21, 25 …
  /// @param vectorModule whether it has the module jdk.incubator.vector; Spark 4 needs it
  /// @param bundled whether it lies under this cluster's root
  public record Java(
      String home, String version, int major, boolean vectorModule, boolean bundled) {}

  /// @param path absolute, as found on the PATH or in the usual folders
  /// @param version `3.11.2`
  public record Python(String path, String version) {
    /// `3.11`.
    public String minor() {
      int patch = version.indexOf('.', version.indexOf('.') + 1);
      return patch < 0 ? version : version.substring(0, patch);
    }
  }

  /// @param address numeric; `0.0.0.0` or `::` for all
  public record Listening(String address, int port) {}

  /// A Spark Master or Worker process, or a service of Huddle's, of this cluster or not.
  ///
  /// @param pid in the host's own count
  /// @param role what it is
  /// @param cluster from `-Dhuddle.cluster=` on its command line; empty: not one of Huddle's
  /// @param root from `-Dhuddle.root=` on its command line; empty: not one of Huddle's
  /// @param ports that its command line names
  public record SparkDaemon(int pid, Role role, String cluster, String root, List<Integer> ports) {
    public SparkDaemon {
      ports = List.copyOf(ports);
    }
  }
}
