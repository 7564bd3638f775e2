package huddle.ui;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the command was started on: its three streams and what each of them is. The JVM cannot tell
/// whether standard error is a terminal, so the launcher says it: `HUDDLE_TTY_IN`, `HUDDLE_TTY_OUT`
/// and `HUDDLE_TTY_ERR` are 1 for a terminal, `HUDDLE_COLUMNS` and `HUDDLE_ROWS` its size (80 and
/// 24 where they are missing).
///
/// Colour is decided for each stream. `--no-color` and a non-empty `NO_COLOR` turn it off; else a
/// non-empty `FORCE_COLOR` other than 0 turns it on; else it is on for terminals other than
/// `TERM=dumb`.
///
/// Output is UTF-8. Marks are ASCII unless `LC_ALL`, `LC_CTYPE` or `LANG` (the first that is set)
/// names UTF-8.
public final class Terminal {
  /// The process's streams, or a test's.
  public record Streams(InputStream in, PrintStream out, PrintStream err) {}

  private final InputStream in;
  private final boolean inTty;
  private final Surface out;
  private final Surface err;
  private final boolean live;

  private Terminal(InputStream in, boolean inTty, Surface out, Surface err, boolean live) {
    this.in = in;
    this.inTty = inTty;
    this.out = out;
    this.err = err;
    this.live = live;
  }

  /// Decides from the environment.
  ///
  /// @param noColor whether `--no-color` was given
  public static Terminal of(Map<String, String> env, boolean noColor, Streams streams) {
    PrintStream out = utf8(streams.out());
    PrintStream err = utf8(streams.err());
    Screen screen = new Screen(err);
    Surface.Size size =
        new Surface.Size(
            number(env, "HUDDLE_COLUMNS", 80, 20, 500), number(env, "HUDDLE_ROWS", 24, 5, 500));
    boolean outTty = is(env, "HUDDLE_TTY_OUT");
    boolean errTty = is(env, "HUDDLE_TTY_ERR");
    boolean dumb = env.getOrDefault("TERM", "").equals("dumb");
    boolean unicode = unicode(env);
    return new Terminal(
        streams.in(),
        is(env, "HUDDLE_TTY_IN"),
        new Surface(out, screen, outTty, new Style(color(env, noColor, outTty), unicode), size),
        new Surface(err, screen, errTty, new Style(color(env, noColor, errTty), unicode), size),
        errTty && !dumb);
  }

  /// Standard output: what was asked for, nothing else.
  public Surface out() {
    return out;
  }

  /// Standard error: everything else.
  public Surface err() {
    return err;
  }

  /// Standard input.
  public InputStream in() {
    return in;
  }

  /// Whether a question can be put and answered.
  public boolean canAsk() {
    return inTty && err.tty();
  }

  /// Whether standard input is a terminal.
  public boolean canRead() {
    return inTty;
  }

  /// Whether a question waits for its answer right now.
  public boolean isAsking() {
    return err.screen().isHeld();
  }

  /// Whether lines can be drawn over in place on standard error.
  public boolean live() {
    return live;
  }

  private static boolean color(Map<String, String> env, boolean noColor, boolean tty) {
    if (noColor || !env.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String force = env.getOrDefault("FORCE_COLOR", "");
    if (!force.isEmpty()) {
      return !force.equals("0") && !force.equals("false");
    }
    return tty && !env.getOrDefault("TERM", "").equals("dumb");
  }

  private static boolean unicode(Map<String, String> env) {
    Optional<String> locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> env.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst();
    return locale
        .map(value -> value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8"))
        .orElse(false);
  }

  private static boolean is(Map<String, String> env, String name) {
    return env.getOrDefault(name, "").equals("1");
  }

  private static int number(Map<String, String> env, String name, int otherwise, int min, int max) {
    String text = env.getOrDefault(name, "");
    return text.matches("[1-9][0-9]{0,8}")
        ? Math.clamp(Integer.parseInt(text), min, max)
        : otherwise;
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }
}
