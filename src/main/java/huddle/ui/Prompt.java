package huddle.ui;

import huddle.event.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Questions to the person at the terminal. Where none can be put, a failure names the flag that
/// answers it beforehand.
public final class Prompt {
  private static final int LONGEST_ANSWER = 4_096;

  /// What the command line answers beforehand.
  ///
  /// @param yes `--yes`
  /// @param noInput `--no-input`
  /// @param confirm `--confirm=NAME`
  public record Answers(boolean yes, boolean noInput, Optional<String> confirm) {}

  private final Terminal terminal;
  private final Answers answers;
  private final HiddenInput hidden;

  /// @param hidden reads what must not be shown
  public Prompt(Terminal terminal, Answers answers, HiddenInput hidden) {
    this.terminal = terminal;
    this.answers = answers;
    this.hidden = hidden;
  }

  /// A question whose answer is no unless the user says yes.
  ///
  /// @param question without its question mark's choices: `Apply these changes?`
  /// @throws Failure if nobody can be asked and `--yes` is not given
  public boolean yes(String question) {
    if (answers.yes()) {
      return true;
    }
    mustAsk(question, "add --yes to agree beforehand");
    String answer = ask(Columns.clean(question) + " [y/N] ").strip();
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  /// A question about something that cannot be undone: `--yes` is not enough, the name must be
  /// typed, or given as `--confirm=NAME`.
  ///
  /// @param warning what will be lost, one sentence
  /// @return whether the user typed the name
  /// @throws Failure if nobody can be asked, or `--confirm` names something else
  public boolean typed(String warning, String name) {
    if (answers.confirm().isPresent()) {
      String given = answers.confirm().get();
      if (given.equals(name)) {
        return true;
      }
      throw Failure.of(
          "--confirm=" + given + " does not name this cluster", "use --confirm=" + name);
    }
    mustAsk(warning, "add --confirm=" + name + " to agree beforehand");
    terminal.err().println(terminal.err().style().paint(Tone.CAREFUL, Columns.clean(warning)));
    return ask("Type " + Columns.clean(name) + " to go on: ").strip().equals(name);
  }

  /// A password, read without showing it. The caller wipes it after use.
  ///
  /// @param otherwise what to do where nobody can be asked, one sentence
  /// @throws Failure if nobody can be asked
  public char[] password(String question, String otherwise) {
    mustAsk(question, otherwise);
    String words = Columns.clean(question) + " ";
    return terminal
        .err()
        .screen()
        .aside(() -> {
          terminal.err().print(words);
          char[] password = hidden.read();
          terminal.err().print("\n"); // the user's Enter was not shown
          return password;
        });
  }

  private void mustAsk(String question, String otherwise) {
    if (answers.noInput()) {
      throw Failure.of("--no-input forbids asking: " + question, otherwise);
    }
    if (!terminal.canAsk()) {
      throw Failure.of("there is no terminal to ask on: " + question, otherwise);
    }
  }

  private String ask(String words) {
    return terminal
        .err()
        .screen()
        .aside(() -> {
          terminal.err().print(words);
          return line();
        });
  }

  // Byte by byte: nothing after the line may be swallowed. The end of input is an empty answer.
  private String line() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      int next = terminal.in().read();
      while (next >= 0 && next != '\n') {
        if (bytes.size() < LONGEST_ANSWER) {
          bytes.write(next);
        }
        next = terminal.in().read();
      }
      if (next < 0) {
        terminal.err().print("\n");
      }
    } catch (IOException e) {
      throw Failure.of("the answer cannot be read: " + e.getMessage(), "");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
