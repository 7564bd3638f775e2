package huddle.spark;

import huddle.event.Count;
import huddle.event.Printable;
import huddle.spec.MemorySize;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whether the executors of an Application find room. Pure.
///
/// @param cores of each executor, at least 1
/// @param memoryMiB of each executor, as the Master counts it
/// @param most cores in all
/// @param names the host's name in the file, of an address
public record Fit(int cores, long memoryMiB, int most, UnaryOperator<String> names) {
  private static final int NAMED = 5;
  private static final Pattern MEMORY = Pattern.compile("([0-9]{1,12})([kmgt]?)b?");

  /// What an Application with these keys asks for.
  ///
  /// @param keys all that are in force, the cluster's and its own
  public static Fit of(Map<String, String> keys, UnaryOperator<String> names) {
    return new Fit(
        number(keys, "spark.executor.cores", 1),
        memoryMiB(keys.getOrDefault("spark.executor.memory", "1g")).orElse(1024L),
        number(keys, "spark.cores.max", Integer.MAX_VALUE),
        names);
  }

  private static int number(Map<String, String> keys, String key, int otherwise) {
    String text = keys.getOrDefault(key, "").strip();
    return text.matches("[1-9][0-9]{0,9}")
        ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text))
        : otherwise;
  }

  /// As Spark reads the memory of an executor: without a unit, MiB.
  public static Optional<Long> memoryMiB(String text) {
    Matcher matcher = MEMORY.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "k" -> number / 1024;
          case "g" -> number * 1024;
          case "t" -> number * 1024 * 1024;
          default -> number;
        });
  }

  /// Why no Worker could ever run one of its executors, were it empty; empty if one could.
  public Optional<String> never(List<MasterState.Worker> workers) {
    List<MasterState.Worker> alive = workers.stream().filter(MasterState.Worker::isAlive).toList();
    if (alive.stream().anyMatch(w -> w.cores() >= cores && w.memoryMiB() >= memoryMiB)) {
      return Optional.empty();
    }
    return Optional.of(
        "an executor of %s fits no Worker, whatever else runs: they have %s"
            .formatted(
                size(cores, memoryMiB),
                named(
                    alive.stream()
                        .sorted(
                            Comparator.comparingLong(MasterState.Worker::memoryMiB)
                                .thenComparingInt(MasterState.Worker::cores)
                                .reversed())
                        .map(w -> name(w) + " " + size(w.cores(), w.memoryMiB()))
                        .toList())));
  }

  /// Why fewer cores are asked for than an executor has; empty if it gets one.
  public Optional<String> tooFewCores() {
    return most >= cores
        ? Optional.empty()
        : Optional.of(
            "an executor of %s is more than the %s that the Application may have"
                .formatted(Count.of(cores, "core"), Count.of(most, "core")));
  }

  /// Who holds what it waits for.
  ///
  /// @param id of the Application that waits
  public String waiting(MasterState state, String id) {
    List<String> holders =
        state.applications().stream()
            .filter(a -> !a.id().equals(id) && a.cores() > 0)
            .sorted(Comparator.comparingInt(MasterState.Application::cores).reversed())
            .map(a ->
                "%s (%s, %s) %s"
                    .formatted(
                        Printable.line(a.name()),
                        Printable.line(a.user()),
                        Printable.line(a.id()),
                        Count.of(a.cores(), "core")))
            .toList();
    List<String> free =
        state.workers().stream()
            .filter(MasterState.Worker::isAlive)
            .sorted(
                Comparator.comparingInt(Fit::freeCores)
                    .thenComparingLong(Fit::freeMemory)
                    .reversed())
            .map(w -> name(w) + " " + size(freeCores(w), freeMemory(w)))
            .toList();
    return "waiting for resources: it asked for executors of %s%s; held by %s; free: %s"
        .formatted(
            size(cores, memoryMiB),
            most == Integer.MAX_VALUE ? "" : ", " + Count.of(most, "core") + " in all",
            holders.isEmpty() ? "no other Application" : named(holders),
            free.isEmpty() ? "no Worker is alive" : named(free));
  }

  private static int freeCores(MasterState.Worker worker) {
    return Math.max(0, worker.cores() - worker.coresUsed());
  }

  private static long freeMemory(MasterState.Worker worker) {
    return Math.max(0, worker.memoryMiB() - worker.memoryUsedMiB());
  }

  private String name(MasterState.Worker worker) {
    return Printable.line(names.apply(worker.address()));
  }

  private static String named(List<String> all) {
    String shown = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() <= NAMED ? shown : shown + " and " + (all.size() - NAMED) + " more";
  }

  private static String size(int cores, long memoryMiB) {
    return Count.of(cores, "core")
        + " and "
        + (memoryMiB < 1 ? "no memory" : new MemorySize(memoryMiB).toString());
  }
}
