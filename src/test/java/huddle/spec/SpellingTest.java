package huddle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {
  private static final List<String> WORDS = List.of("host", "memory", "cores", "masterUi", "env");

  @ParameterizedTest
  @CsvSource({
    "memroy, memory",
    "Memory, memory",
    "core, cores",
    "masterui, masterUi",
    "master_ui, masterUi",
    "evn, env",
    "hsot, host",
    "ram, memory"
  })
  void findsWhatIsMeant(String written, String meant) {
    assertThat(Spelling.nearest(written, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"flavour", "x", "memorandum", "''"})
  void doesNotGuessWildly(String written) {
    assertThat(Spelling.nearest(written, WORDS)).isEmpty();
  }

  @Test
  void countsLettersAddedDroppedChangedAndSwapped() {
    assertThat(Spelling.distance("abcd", "abcd")).isZero();
    assertThat(Spelling.distance("abcd", "abd")).isEqualTo(1);
    assertThat(Spelling.distance("abcd", "abdc")).isEqualTo(1);
    assertThat(Spelling.distance("abcd", "axcy")).isEqualTo(2);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
  }
}
