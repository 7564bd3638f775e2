package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.spec.Host;
import huddle.spec.MemorySize;
import huddle.spec.Role;
import huddle.ssh.Destination;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
  @ParameterizedTest
  @CsvSource({
    // total MiB, a Worker's host, the Master's host too
    "1024, 0, -1024",
    "1536, 512, -512",
    "2048, 1024, 0",
    "4096, 3072, 2048",
    "8192, 6144, 5120",
    "16384, 13312, 11264",
    "65536, 58368, 49152",
    "524288, 471040, 461824",
  })
  void memoryOfAWorker(long total, long alone, long besideTheMaster) {
    assertThat(Sizing.workerMemoryMiB(total, false)).isEqualTo(alone);
    assertThat(Sizing.workerMemoryMiB(total, true)).isEqualTo(besideTheMaster);
  }

  @Test
  void neverMoreThanThereIsAndNeverLessForMore() {
    long last = Sizing.workerMemoryMiB(0, true);
    for (long total = 0; total < 300_000; total += 61) {
      for (boolean master : new boolean[] {false, true}) {
        assertThat(Sizing.workerMemoryMiB(total, master)).isLessThan(total + 1);
      }
      long now = Sizing.workerMemoryMiB(total, true);
      // At 4 GiB whole GiB begin.
      assertThat(now).isGreaterThanOrEqualTo(last - 128);
      last = now;
    }
  }

  @Test
  void aFewMebibytesMoreOrLessFromBootToBootChangeNothing() {
    assertThat(Sizing.workerMemoryMiB(15_990, false))
        .isEqualTo(Sizing.workerMemoryMiB(15_993, false));
  }

  private static Host host(OptionalInt cores, Optional<MemorySize> memory, Role... roles) {
    Set<Role> all = EnumSet.noneOf(Role.class);
    all.addAll(List.of(roles));
    Destination destination =
        new Destination("one", Optional.empty(), OptionalInt.empty(), Optional.empty());
    return new Host("one", destination, all, "/r", cores, memory, List.of(), Map.of());
  }

  @Test
  void whatTheFileSaysWins() {
    assertThat(Sizing.worker(host(OptionalInt.empty(), Optional.empty(), Role.WORKER), 8, 16_384))
        .isEqualTo(new HostSettings.WorkerSize(8, 13_312));
    assertThat(
            Sizing.worker(
                host(
                    OptionalInt.of(2), Optional.of(new MemorySize(1024)), Role.WORKER, Role.MASTER),
                8,
                16_384))
        .isEqualTo(new HostSettings.WorkerSize(2, 1024));
    assertThat(Sizing.worker(host(OptionalInt.of(2), Optional.empty(), Role.MASTER), 8, 16_384))
        .isEqualTo(new HostSettings.WorkerSize(0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.0, 4, 3, 0",
    "3.5.12, 3, 5, 12",
    "4.3, , ,",
    "4.3.0-rc1, , ,",
    "4.3.0.dev1, , ,",
    "4.0.0.preview2, , ,",
    "v4.3.0, , ,",
    "'', , ,",
    "4.3.1000, , ,",
    "-1.2.3, , ,",
  })
  void versions(String text, Integer major, Integer minor, Integer patch) {
    assertThat(SparkVersion.parse(text))
        .isEqualTo(
            major == null ? Optional.empty() : Optional.of(new SparkVersion(major, minor, patch)));
  }

  @Test
  void versionsAreOrderedByNumber() {
    List<SparkVersion> sorted =
        List.of("4.10.0", "4.2.11", "3.5.7", "4.2.9").stream()
            .map(text -> SparkVersion.parse(text).orElseThrow())
            .sorted()
            .toList();
    assertThat(sorted).hasToString("[3.5.7, 4.2.9, 4.2.11, 4.10.0]");
    assertThat(sorted.getLast().line()).isEqualTo("4.10");
    assertThat(sorted.getLast().isAtLeast(4, 3)).isTrue();
    assertThat(new SparkVersion(5, 0, 0).isAtLeast(4, 3)).isTrue();
    assertThat(new SparkVersion(4, 2, 9).isAtLeast(4, 3)).isFalse();
    assertThat(SparkRules.isSupported(new SparkVersion(3, 4, 4))).isFalse();
  }
}
