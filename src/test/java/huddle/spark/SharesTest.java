package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.spark.Shares.Kind;
import huddle.spark.Shares.Wish;
import huddle.spec.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  private static MasterState.Worker worker(int cores, long memoryMiB) {
    return new MasterState.Worker("w", "10.0.0.1", 7078, "ALIVE", cores, 0, memoryMiB, 0);
  }

  private static List<MasterState.Worker> workers(int count, int cores, long memoryMiB) {
    return Stream.generate(() -> worker(cores, memoryMiB)).limit(count).toList();
  }

  @ParameterizedTest
  @CsvSource({
    // workers, cores and MiB of each; executor cores and MiB; cores interactive, batch
    "1, 1, 1024, 1, 768, 1, 1",
    "1, 2, 2048, 1, 768, 1, 1",
    "1, 3, 3072, 1, 768, 1, 1",
    "1, 4, 4096, 1, 768, 1, 2",
    "1, 8, 16384, 1, 1536, 2, 4",
    "4, 2, 3072, 1, 1152, 2, 4",
    "4, 4, 15360, 2, 5760, 4, 8",
    "10, 32, 131072, 4, 12288, 80, 160",
    "2, 4, 1024, 1, 512, 1, 2",
    "1, 2, 131072, 1, 31744, 1, 1",
  })
  void sharesFollowFromTheWorkers(
      int count, int cores, long memory, int e, long mib, int interactive, int batch) {
    Shares shares = Shares.of(workers(count, cores, memory));
    assertThat(shares.executorCores()).isEqualTo(e);
    assertThat(shares.executorMemoryMiB()).isEqualTo(mib);
    assertThat(shares.cores(Kind.INTERACTIVE)).isEqualTo(interactive);
    assertThat(shares.cores(Kind.BATCH)).isEqualTo(batch);
  }

  @Test
  void twoNotebooksAndASubmitFitWhereverThereAreFourCores() {
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      List<MasterState.Worker> workers = new ArrayList<>();
      int count = 1 + random.nextInt(12);
      for (int i = 0; i < count; i++) {
        int cores = 1 + random.nextInt(random.nextBoolean() ? 4 : 64);
        workers.add(worker(cores, cores * (512L + random.nextInt(8000))));
      }
      Shares shares = Shares.of(workers);
      int total = workers.stream().mapToInt(MasterState.Worker::cores).sum();
      if (total < 4) {
        continue;
      }
      assertThat(shares.cores(Kind.INTERACTIVE)).isBetween(1, Math.max(1, total / 4));
      assertThat(shares.cores(Kind.BATCH)).isBetween(1, Math.max(1, total / 2));
      int asked = 2 * shares.cores(Kind.INTERACTIVE) + shares.cores(Kind.BATCH);
      // Equal executors fill the Workers one by one, in whatever order they come.
      int room =
          workers.stream()
              .mapToInt(w ->
                  (int)
                      Math.min(
                          w.cores() / shares.executorCores(),
                          w.memoryMiB() / shares.executorMemoryMiB()))
              .sum();
      assertThat(asked / shares.executorCores()).as("%s of %s", shares, workers).isBetween(3, room);
    }
  }

  @Test
  void aSmallWorkerDoesNotMakeEveryExecutorSmall() {
    Shares shares = Shares.of(List.of(worker(16, 65536), worker(16, 65536), worker(2, 1024)));
    assertThat(shares.executorMemoryMiB()).isGreaterThan(2048);
  }

  @Test
  void deadWorkersDoNotCount() {
    MasterState.Worker dead = new MasterState.Worker("w", "a", 1, "DEAD", 64, 0, 65536, 0);
    assertThat(Shares.of(List.of(dead, worker(4, 4096))))
        .isEqualTo(Shares.of(List.of(worker(4, 4096))));
    assertThat(Shares.of(List.of()).cores(Kind.BATCH)).isEqualTo(1);
  }

  @Test
  void interactiveOnesGiveBackWhatTheyDoNotUse() {
    Map<String, String> keys =
        Shares.of(workers(4, 4, 15360)).properties(Kind.INTERACTIVE, Wish.NONE, Map.of());
    assertThat(keys)
        .containsEntry("spark.cores.max", "4")
        .containsEntry("spark.executor.cores", "2")
        .containsEntry("spark.executor.memory", "5760m")
        .containsEntry("spark.dynamicAllocation.enabled", "true")
        .containsEntry("spark.dynamicAllocation.minExecutors", "0");
    assertThat(Shares.of(workers(4, 4, 15360)).properties(Kind.BATCH, Wish.NONE, Map.of()).keySet())
        .containsExactly("spark.cores.max", "spark.executor.cores", "spark.executor.memory");
  }

  @Test
  void executorsHandTheirShuffleFilesOverWhereTheyCan() {
    Shares shares = Shares.of(workers(4, 4, 15360));
    String tracking = "spark.dynamicAllocation.shuffleTracking.enabled";
    assertThat(shares.properties(Kind.INTERACTIVE, Wish.NONE, Map.of()))
        .containsEntry(tracking, "false");
    assertThat(
            shares.properties(
                Kind.INTERACTIVE, Wish.NONE, Map.of("spark.decommission.enabled", "false")))
        .containsEntry(tracking, "true");
  }

  @Test
  void whatIsSetAlreadyWins() {
    Shares shares = Shares.of(workers(4, 4, 15360));
    Map<String, String> set =
        Map.of("spark.cores.max", "3", "spark.dynamicAllocation.enabled", "false");
    assertThat(shares.properties(Kind.INTERACTIVE, Wish.NONE, set))
        .doesNotContainKeys("spark.cores.max", "spark.dynamicAllocation.enabled")
        .containsEntry("spark.executor.cores", "1");
    // Wider executors than the share: one must still fit into it.
    assertThat(shares.properties(Kind.BATCH, Wish.NONE, Map.of("spark.executor.cores", "12")))
        .containsEntry("spark.cores.max", "12")
        .doesNotContainKey("spark.executor.cores");
  }

  @Test
  void optionsWinOverTheFile() {
    Shares shares = Shares.of(workers(4, 4, 15360));
    Wish wish = new Wish(OptionalInt.of(6), Optional.of(new MemorySize(2048)));
    assertThat(
            shares.properties(
                Kind.BATCH, wish, Map.of("spark.cores.max", "3", "spark.executor.memory", "1g")))
        .containsEntry("spark.cores.max", "6")
        .containsEntry("spark.executor.cores", "2")
        .containsEntry("spark.executor.memory", "2g");
    Wish all = new Wish(OptionalInt.of(Integer.MAX_VALUE), Optional.empty());
    assertThat(shares.properties(Kind.BATCH, all, Map.of()))
        .containsEntry("spark.cores.max", "2147483647")
        .containsEntry("spark.executor.cores", "2");
    Wish odd = new Wish(OptionalInt.of(7), Optional.empty());
    assertThat(shares.properties(Kind.BATCH, odd, Map.of()))
        .containsEntry("spark.executor.cores", "1");
  }
}
