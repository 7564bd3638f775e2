package huddle.spark;

import huddle.spec.Host;
import huddle.spec.MemorySize;
import huddle.spec.Role;

/// How much of a machine a Worker may hand out. Integer arithmetic on MiB, tested at its edges: an
/// integer division that nobody looked at is how such tools hand out zero.
public final class Sizing {
  /// Heap of a Master's or Worker's JVM.
  public static final long DAEMON_MIB = 1024;

  /// The least a Worker is worth starting with: one executor of 512 MiB.
  public static final long LEAST_WORKER_MIB = 512;

  private Sizing() {}

  /// What the Worker of a host hands out: what the file says, else what fits; nothing where the
  /// host has no Worker.
  ///
  /// @param cores that the login may use on the host, `totalMiB` likewise
  public static HostSettings.WorkerSize worker(Host host, int cores, long totalMiB) {
    return host.is(Role.WORKER)
        ? new HostSettings.WorkerSize(
            host.cores().orElse(cores),
            host.memory()
                .map(MemorySize::mebibytes)
                .orElse(workerMemoryMiB(totalMiB, host.is(Role.MASTER))))
        : new HostSettings.WorkerSize(0, 0);
  }

  /// Memory for a Worker to hand out, in MiB; below [#LEAST_WORKER_MIB] the machine is too small.
  ///
  /// @param totalMiB what the login may use on the host
  /// @param mastersHost whether the Master and the drivers run there too
  public static long workerMemoryMiB(long totalMiB, boolean mastersHost) {
    // A tenth, and never less than 512 MiB, stays with the system; page cache serves shuffle files.
    long system = Math.max(512, totalMiB / 10);
    // Daemons rarely fill their heap: half of it is what they are seen to use.
    long daemons = DAEMON_MIB / 2 * (mastersHost ? 2 : 1);
    long drivers = mastersHost ? Math.clamp(totalMiB / 8, 512, 8192) : 0;
    long left = totalMiB - system - daemons - drivers;
    // Whole GiB read better and compare stably when MemTotal moves by a few MiB from boot to boot.
    return left >= 4096 ? left / 1024 * 1024 : left / 128 * 128;
  }
}
