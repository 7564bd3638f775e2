package huddle.plan;

import huddle.facts.HostFacts;
import huddle.spark.HostSettings;
import huddle.spark.Sizing;
import huddle.spec.Host;
import huddle.spec.MemorySize;
import huddle.spec.Role;

/// What a host's Worker hands out: what the file says, else what the machine has to give.
public final class WorkerSizes {
  private WorkerSizes() {}

  /// Of one host; zeros where it has no Worker.
  public static HostSettings.WorkerSize of(Host host, HostFacts facts) {
    return host.is(Role.WORKER)
        ? new HostSettings.WorkerSize(
            host.cores().orElse(facts.cores()),
            host.memory()
                .map(MemorySize::mebibytes)
                .orElse(Sizing.workerMemoryMiB(facts.memoryMiB(), host.is(Role.MASTER))))
        : new HostSettings.WorkerSize(0, 0);
  }
}
