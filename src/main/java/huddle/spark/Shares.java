package huddle.spark;

import huddle.spec.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How a cluster is shared out, so that no Application starves the others. Everyone gets executors
/// of one size, so that what is left of a Worker always fits somebody: two notebooks and a
/// [Kind#BATCH] fit side by side wherever there is room for four executors, and for three that is
/// one core each. Below, an Application waits until another ends, or until an interactive one has
/// been idle for a minute and gives its executors back.
///
/// @param executorCores of every executor
/// @param executorMemoryMiB of every executor: its heap
/// @param executors of that size that fit into all living Workers; 0 if there is none
public record Shares(int executorCores, long executorMemoryMiB, int executors) {
  /// Spark refuses executors of less than 450 MiB.
  private static final long LEAST_MIB = 512;

  /// Above this, references take twice the space.
  private static final long MOST_MIB = 31 * 1024;

  private static final int MOST_CORES = 4;

  /// On by default in every cluster of Huddle's, or of Spark's.
  private static final List<String> DECOMMISSION =
      List.of(
          "spark.decommission.enabled",
          "spark.storage.decommission.enabled",
          "spark.storage.decommission.shuffleBlocks.enabled");

  /// What an Application is.
  public enum Kind {
    /// Somebody sits before it, now and then: a notebook's kernel, a shell, a Connect or thrift
    /// server. A quarter of the cluster, given back when idle.
    INTERACTIVE,
    /// It runs to its end: half of the cluster.
    BATCH
  }

  /// What the user asked for.
  ///
  /// @param cores in all; [Integer#MAX_VALUE]: all there are
  /// @param memory of each executor
  public record Wish(OptionalInt cores, Optional<MemorySize> memory) {
    /// Nothing: the share of its kind.
    public static final Wish NONE = new Wish(OptionalInt.empty(), Optional.empty());
  }

  /// The shares of a cluster with these Workers; only those alive count.
  public static Shares of(List<MasterState.Worker> workers) {
    List<MasterState.Worker> alive =
        workers.stream().filter(MasterState.Worker::isAlive).filter(w -> w.cores() > 0).toList();
    int total = alive.stream().mapToInt(MasterState.Worker::cores).sum();
    int cores = 1;
    for (int wider = 2; wider <= MOST_CORES; wider++) {
      int fit = slots(alive, wider, 0);
      // Wide executors share what they load; but each kind needs several, and no core idle.
      if (fit >= 8 && 10L * fit * wider >= 9L * total) {
        cores = wider;
      }
    }
    int e = cores;
    int most = slots(alive, e, 0);
    // The most memory that keeps most of the executors: a small Worker then takes fewer of them,
    // rather than making every executor small.
    long memory =
        alive.stream()
            .filter(w -> w.cores() >= e)
            .mapToLong(w -> heap(w.memoryMiB() / (w.cores() / e)))
            .filter(mib -> slots(alive, e, mib) >= Math.max(Math.min(4, most), most * 3 / 4))
            .max()
            .orElse(LEAST_MIB);
    return new Shares(e, memory, slots(alive, e, memory));
  }

  /// A quarter of a Worker's memory is for what runs beside the heap, Python above all.
  private static long heap(long shareMiB) {
    long mib = shareMiB * 3 / 4 / 64 * 64;
    return Math.clamp(mib, LEAST_MIB, MOST_MIB);
  }

  private static int slots(List<MasterState.Worker> workers, int cores, long memoryMiB) {
    return workers.stream()
        .mapToInt(w ->
            (int)
                Math.min(
                    w.cores() / cores,
                    memoryMiB == 0 ? Integer.MAX_VALUE : w.memoryMiB() / memoryMiB))
        .sum();
  }

  /// Most cores that one of this kind takes.
  public int cores(Kind kind) {
    return Math.max(1, executors / (kind == Kind.BATCH ? 2 : 4)) * executorCores;
  }

  /// The `spark.*` keys that give an Application its share. Keys that are set already are left out:
  /// what the user says wins.
  ///
  /// @param set what `--conf` and the file's `conf:` say
  public Map<String, String> properties(Kind kind, Wish wish, Map<String, String> set) {
    OptionalInt theirs = number(set, "spark.executor.cores");
    int cores = wish.cores().orElse(Math.max(cores(kind), theirs.orElse(1)));
    OptionalInt max = wish.cores().isPresent() ? wish.cores() : number(set, "spark.cores.max");
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("spark.cores.max", Integer.toString(cores));
    keys.put("spark.executor.cores", Integer.toString(dividing(max.orElse(cores))));
    keys.put(
        "spark.executor.memory",
        wish.memory().orElse(new MemorySize(executorMemoryMiB)).toString());
    if (kind == Kind.INTERACTIVE) {
      keys.put("spark.dynamicAllocation.enabled", "true");
      keys.put("spark.dynamicAllocation.minExecutors", "0");
      keys.put("spark.dynamicAllocation.executorIdleTimeout", "60s");
      // There is no shuffle service: who leaves hands its shuffle files to others, or where that is
      // off stays while they are needed, though not for ever. Both at once Spark warns of.
      boolean handedOver =
          DECOMMISSION.stream().noneMatch(key -> set.getOrDefault(key, "").equals("false"));
      keys.put("spark.dynamicAllocation.shuffleTracking.enabled", Boolean.toString(!handedOver));
      if (!handedOver) {
        keys.put("spark.dynamicAllocation.shuffleTracking.timeout", "10min");
      }
    }
    keys.keySet().removeIf(key -> set.containsKey(key) && !isWished(key, wish));
    return keys;
  }

  private static boolean isWished(String key, Wish wish) {
    return switch (key) {
      case "spark.cores.max" -> wish.cores().isPresent();
      case "spark.executor.memory" -> wish.memory().isPresent();
      default -> false;
    };
  }

  /// Spark grants whole executors: of 6 cores, executors of 4 would get 4.
  private int dividing(int max) {
    if (max == Integer.MAX_VALUE) {
      return executorCores;
    }
    int cores = Math.max(1, Math.min(executorCores, max));
    while (max % cores != 0) {
      cores--;
    }
    return cores;
  }

  private static OptionalInt number(Map<String, String> set, String key) {
    String text = set.getOrDefault(key, "");
    return text.matches("[1-9][0-9]{0,8}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
