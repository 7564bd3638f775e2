package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void colourIsDecidedForEachStream() {
    Terminal terminal = FakeTerminal.pipe().with("HUDDLE_TTY_ERR", "1").open();
    assertThat(terminal.out().style().color()).isFalse();
    assertThat(terminal.err().style().color()).isTrue();
    assertThat(terminal.live()).isTrue();
    assertThat(terminal.canAsk()).isFalse();
  }

  @Test
  void colourGoesOffAndOnAsAsked() {
    assertThat(colored(FakeTerminal.tty(80, 24))).isTrue();
    assertThat(colored(FakeTerminal.tty(80, 24).with("NO_COLOR", "1"))).isFalse();
    assertThat(colored(FakeTerminal.tty(80, 24).with("NO_COLOR", ""))).isTrue();
    assertThat(colored(FakeTerminal.tty(80, 24).with("TERM", "dumb"))).isFalse();
    assertThat(colored(FakeTerminal.tty(80, 24).noColor())).isFalse();
    assertThat(colored(FakeTerminal.tty(80, 24).with("FORCE_COLOR", "0"))).isFalse();
    assertThat(colored(FakeTerminal.pipe())).isFalse();
    assertThat(colored(FakeTerminal.pipe().with("FORCE_COLOR", "1"))).isTrue();
    assertThat(colored(FakeTerminal.pipe().with("FORCE_COLOR", "1").with("NO_COLOR", "1")))
        .isFalse();
    assertThat(colored(FakeTerminal.pipe().with("FORCE_COLOR", "1").noColor())).isFalse();
  }

  @Test
  void aDumbTerminalIsNotDrawnOn() {
    assertThat(FakeTerminal.tty(80, 24).with("TERM", "dumb").open().live()).isFalse();
  }

  @Test
  void marksFollowTheLocale() {
    assertThat(unicode(FakeTerminal.pipe())).isTrue();
    assertThat(unicode(FakeTerminal.pipe().with("LC_ALL", "C.utf8"))).isTrue();
    assertThat(unicode(FakeTerminal.pipe().with("LC_ALL", "C"))).isFalse();
    assertThat(unicode(FakeTerminal.pipe().with("LC_CTYPE", "de_DE.ISO-8859-1"))).isFalse();
    assertThat(unicode(FakeTerminal.pipe().with("LANG", ""))).isFalse();
  }

  @Test
  void sizeHasDefaultsAndBounds() {
    assertThat(FakeTerminal.pipe().with("HUDDLE_TTY_OUT", "1").open().out().columns())
        .isEqualTo(80);
    assertThat(FakeTerminal.tty(80, 24).with("HUDDLE_COLUMNS", "0").open().out().columns())
        .isEqualTo(80);
    assertThat(FakeTerminal.tty(80, 24).with("HUDDLE_COLUMNS", "wide").open().out().columns())
        .isEqualTo(80);
    assertThat(FakeTerminal.tty(7, 24).open().out().columns()).isEqualTo(20);
    assertThat(FakeTerminal.tty(132, 24).open().out().columns()).isEqualTo(132);
    assertThat(FakeTerminal.pipe().open().out().columns()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void textIsUtf8AndGoesToItsStream() {
    FakeTerminal fake = FakeTerminal.pipe().with("LC_ALL", "C");
    Terminal terminal = fake.open();
    terminal.out().println("Zürich");
    terminal.err().print("漢");
    assertThat(fake.out()).isEqualTo("Zürich\n");
    assertThat(fake.err()).isEqualTo("漢");
  }

  private static boolean colored(FakeTerminal fake) {
    return fake.open().out().style().color();
  }

  private static boolean unicode(FakeTerminal fake) {
    return fake.open().err().style().unicode();
  }
}
