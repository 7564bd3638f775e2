package huddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.submit.Apps;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What is said of an Application that left no log.
class ApplicationLogsTest {
  private static Optional<Apps.App> app(boolean detached) {
    return Optional.of(
        new Apps.App(
            "", "7-a", "etl", "ada", "FAILED", 0, 0, 1, false, false, detached, OptionalInt.of(1)));
  }

  @Test
  void theOutputOfAnAttachedDriverIsWhereItWasSubmitted() {
    assertThat(ApplicationLogs.none("etl", app(false)).what())
        .isEqualTo(
            "no host has a log of etl: no executor wrote one, and its driver's output went to the terminal where it was submitted");
    assertThat(ApplicationLogs.none("etl", app(true)).what()).isEqualTo("no host has a log of etl");
    assertThat(ApplicationLogs.none("app-1-0001", Optional.empty()).remedy())
        .startsWith("executors write one once they start");
  }
}
