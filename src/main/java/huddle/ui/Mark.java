package huddle.ui;

/// The sign a line begins with, one column wide.
public enum Mark {
  DONE("✓", "*", Tone.GOOD),
  FAILED("✗", "x", Tone.BAD),
  WARNING("!", "!", Tone.CAREFUL),
  SKIPPED("-", "-", Tone.DIM);

  private final String unicode;
  private final String ascii;
  private final Tone tone;

  Mark(String unicode, String ascii, Tone tone) {
    this.unicode = unicode;
    this.ascii = ascii;
    this.tone = tone;
  }

  String in(Style style) {
    return style.paint(tone, style.unicode() ? unicode : ascii);
  }
}
