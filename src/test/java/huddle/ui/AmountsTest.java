package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void bytesShareTheUnitOfTheTotal() {
    assertThat(Amounts.progress(212_400_000, 499_900_000)).isEqualTo("212 of 499 MB");
    assertThat(Amounts.progress(0, 499_900_000)).isEqualTo("0 of 499 MB");
    assertThat(Amounts.progress(1_260_000_000, 3_400_000_000L)).isEqualTo("1.3 of 3.4 GB");
    assertThat(Amounts.progress(512, 64_000)).isEqualTo("0 of 64 kB");
    assertThat(Amounts.progress(12, 64)).isEqualTo("12 of 64 bytes");
    assertThat(Amounts.progress(5_000_000, 0)).isEqualTo("5 MB");
    assertThat(Amounts.progress(0, 0)).isEmpty();
    assertThat(Amounts.progress(-1, -1)).isEmpty();
  }

  @Test
  void timesGetCoarserAsTheyGrow() {
    assertThat(Amounts.took(Duration.ofMillis(40))).isEqualTo("0.0s");
    assertThat(Amounts.took(Duration.ofMillis(9_949))).isEqualTo("9.9s");
    assertThat(Amounts.took(Duration.ofMillis(9_950))).isEqualTo("10s");
    assertThat(Amounts.took(Duration.ofMillis(59_600))).isEqualTo("1m00s");
    assertThat(Amounts.took(Duration.ofMinutes(125))).isEqualTo("2h05m");
    assertThat(Amounts.took(Duration.ofSeconds(-3))).isEqualTo("0.0s");
    assertThat(Amounts.elapsed(Duration.ofMillis(59_900))).isEqualTo("59s");
    assertThat(Amounts.elapsed(Duration.ofSeconds(64))).isEqualTo("1m04s");
  }
}
