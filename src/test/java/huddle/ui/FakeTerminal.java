package huddle.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A terminal made of buffers. On a real terminal both streams arrive on the same screen: `both`
/// holds what it gets.
final class FakeTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream both = new ByteArrayOutputStream();
  private final Map<String, String> env = new LinkedHashMap<>();
  private String typed = "";
  private boolean noColor;

  static FakeTerminal pipe() {
    return new FakeTerminal().with("LANG", "en_GB.UTF-8").with("TERM", "xterm");
  }

  static FakeTerminal tty(int columns, int rows) {
    return pipe()
        .with("HUDDLE_TTY_IN", "1")
        .with("HUDDLE_TTY_OUT", "1")
        .with("HUDDLE_TTY_ERR", "1")
        .with("HUDDLE_COLUMNS", "" + columns)
        .with("HUDDLE_ROWS", "" + rows);
  }

  FakeTerminal with(String name, String value) {
    env.put(name, value);
    return this;
  }

  FakeTerminal noColor() {
    noColor = true;
    return this;
  }

  FakeTerminal typing(String text) {
    typed = text;
    return this;
  }

  Terminal open() {
    return Terminal.of(
        env,
        noColor,
        new Terminal.Streams(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            stream(out),
            stream(err)));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  String both() {
    return both.toString(StandardCharsets.UTF_8);
  }

  private PrintStream stream(ByteArrayOutputStream own) {
    return new PrintStream(
        new java.io.OutputStream() {
          @Override
          public void write(int b) {
            own.write(b);
            both.write(b);
          }
        },
        false,
        StandardCharsets.UTF_8);
  }
}
