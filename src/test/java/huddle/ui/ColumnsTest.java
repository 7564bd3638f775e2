package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void wideCharactersTakeTwoColumnsAndCombiningOnesNone() {
    assertThat(Columns.width("abc")).isEqualTo(3);
    assertThat(Columns.width("企鹅")).isEqualTo(4);
    assertThat(Columns.width("한글")).isEqualTo(4);
    assertThat(Columns.width("🐧")).isEqualTo(2);
    assertThat(Columns.width("e\u0301é")).isEqualTo(2);
    assertThat(Columns.width("✓ ✗ …")).isEqualTo(5);
  }

  @Test
  void cutsBetweenWholeCharacters() {
    Style unicode = new Style(false, true);
    assertThat(unicode.cut("worker.one", 10)).isEqualTo("worker.one");
    assertThat(unicode.cut("worker.one", 9)).isEqualTo("worker.o…");
    assertThat(unicode.cut("企鹅企鹅", 6)).isEqualTo("企鹅…");
    assertThat(unicode.cut("🐧🐧", 3)).isEqualTo("🐧…");
    assertThat(unicode.cut("one two", 5)).isEqualTo("one…");
    assertThat(unicode.cut("worker", 1)).isEqualTo("w");
    assertThat(unicode.cut("worker", 0)).isEmpty();
    assertThat(unicode.cut("worker", -5)).isEmpty();
    assertThat(Style.PLAIN.cut("worker.one", 9)).isEqualTo("worker...");
    assertThat(Style.PLAIN.cut("worker.one", 3)).isEqualTo("wor");
  }

  @Test
  void cleanTextIsOnePrintableLine() {
    assertThat(Columns.clean("\u001B]0;title\u0007a\tb\r\nc\u200Bd ❤\uFE0F\u009B2J"))
        .isEqualTo("a b cd ❤2J");
  }
}
