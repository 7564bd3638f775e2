package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  private static final List<MasterState.Worker> WORKERS =
      List.of(
          new MasterState.Worker("a", "10.0.0.1", 7078, "ALIVE", 4, 3, 8192, 6144),
          new MasterState.Worker("b", "10.0.0.2", 7078, "ALIVE", 2, 2, 16384, 1024),
          new MasterState.Worker("c", "10.0.0.3", 7078, "DEAD", 64, 0, 65536, 0));

  private static Fit fit(String cores, String memory, String most) {
    return Fit.of(
        Map.of(
            "spark.executor.cores",
            cores,
            "spark.executor.memory",
            memory,
            "spark.cores.max",
            most),
        address -> address.equals("10.0.0.1") ? "one" : address);
  }

  @Test
  void whatOneWorkerCanRunFits() {
    assertThat(fit("4", "8g", "8").never(WORKERS)).isEmpty();
    assertThat(fit("2", "16g", "8").never(WORKERS)).isEmpty();
  }

  @Test
  void whatOnlyADeadOneCouldRunOrNoSingleOneNeverFits() {
    assertThat(fit("4", "16g", "8").never(WORKERS))
        .contains(
            "an executor of 4 cores and 16g fits no Worker, whatever else runs: they have"
                + " 10.0.0.2 2 cores and 16g, one 4 cores and 8g");
    assertThat(fit("8", "1g", "8").never(WORKERS)).isPresent();
  }

  @Test
  void anExecutorMustFitIntoTheWhole() {
    assertThat(fit("4", "1g", "2").tooFewCores())
        .contains("an executor of 4 cores is more than the 2 cores that the Application may have");
    assertThat(fit("4", "1g", "4").tooFewCores()).isEmpty();
  }

  @Test
  void whoWaitsHearsWhoHoldsWhatAndWhatIsLeft() {
    MasterState state =
        new MasterState(
            "spark://h:7077",
            "ALIVE",
            WORKERS,
            List.of(
                new MasterState.Application("app-1", "a\u001b[31m", "ada", "RUNNING", 2, 1, 0),
                new MasterState.Application("app-2", "nb", "bob", "RUNNING", 3, 1, 0),
                new MasterState.Application("app-3", "me", "me", "WAITING", 0, 1, 0)));
    assertThat(fit("2", "4g", "4").waiting(state, "app-3"))
        .isEqualTo(
            "waiting for resources: it asked for executors of 2 cores and 4g, 4 cores in all;"
                + " held by nb (bob, app-2) 3 cores, a (ada, app-1) 2 cores;"
                + " free: one 1 core and 2g, 10.0.0.2 0 cores and 15g");
  }

  @Test
  void nobodyHoldsAnything() {
    MasterState state = new MasterState("u", "ALIVE", List.of(), List.of());
    assertThat(fit("1", "1g", "x").waiting(state, "app-1"))
        .isEqualTo(
            "waiting for resources: it asked for executors of 1 core and 1g;"
                + " held by no other Application; free: no Worker is alive");
  }

  @ParameterizedTest
  @CsvSource({"4g, 4096", "512m, 512", "512, 512", "1t, 1048576", "2048k, 2", "4GB, 4096"})
  void memoryIsReadAsSparkReadsIt(String text, long mib) {
    assertThat(Fit.memoryMiB(text)).contains(mib);
  }

  @ParameterizedTest
  @CsvSource({"x", "-1g", "4gg", "1.5g", "''"})
  void otherTextIsNoMemory(String text) {
    assertThat(Fit.memoryMiB(text)).isEmpty();
  }
}
