package huddle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemorySizeTest {
  @ParameterizedTest
  @CsvSource({
    "512m, 512, 512m",
    "1024m, 1024, 1g",
    "24G, 24576, 24g",
    "24gb, 24576, 24g",
    "1t, 1048576, 1024g"
  })
  void readsWhatSparkReads(String text, long mebibytes, String written) {
    assertThat(MemorySize.parse(text)).contains(new MemorySize(mebibytes));
    assertThat(MemorySize.parse(text)).get().hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "g", "24", "24 g", "-1g", "0m", "1.5g", "24gib", "99999999999g", "२४g"})
  void refusesTheRest(String text) {
    assertThat(MemorySize.parse(text)).isEmpty();
  }
}
