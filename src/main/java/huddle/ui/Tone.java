package huddle.ui;

/// What a piece of text means; colour only underlines it, the words must say it too.
public enum Tone {
  PLAIN(""),
  STRONG("1"),
  DIM("2"),
  GOOD("32"),
  CAREFUL("33"),
  BAD("31");

  private final String sgr;

  Tone(String sgr) {
    this.sgr = sgr;
  }

  /// Parameters of the terminal's SGR sequence; empty for none.
  String sgr() {
    return sgr;
  }
}
