package huddle.notebook;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The kernels of the notebook server of a host.
///
/// @param connection to that host
/// @param root of the cluster there, absolute
public record OpenNotebooks(Connection connection, String root) {
  private static final Duration LOOK = Duration.ofSeconds(60);

  /// A kernel may take a while to end its Spark session.
  private static final Duration END = Duration.ofMinutes(5);

  /// All that are open.
  public List<OpenNotebook> list() {
    return parsed(ask("list", LOOK), "notebooks");
  }

  /// What came of a stop.
  ///
  /// @param stopped kernels that have ended
  /// @param unknown names that no open notebook has
  public record Stopped(List<OpenNotebook> stopped, List<String> unknown) {}

  /// Ends kernels and with each its Application.
  ///
  /// @param names paths in the notebooks' folder, last parts of them, or ids of kernels
  public Stopped stop(List<String> names) {
    String words = names.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    String answer = ask("stop " + words, END);
    try {
      List<String> unknown =
          JSON.std.mapFrom(answer).get("unknown") instanceof List<?> list
              ? list.stream().map(String::valueOf).toList()
              : List.of();
      return new Stopped(OpenNotebook.read(answer, "stopped"), unknown);
    } catch (IOException | RuntimeException e) {
      throw unreadable(answer);
    }
  }

  private List<OpenNotebook> parsed(String answer, String key) {
    try {
      return OpenNotebook.read(answer, key);
    } catch (IOException | RuntimeException e) {
      throw unreadable(answer);
    }
  }

  private Failure unreadable(String answer) {
    return new Failure(
        connection.host(),
        "the notebook server gives no answer that can be read",
        "look at `huddle logs notebook`",
        answer);
  }

  private String ask(String words, Duration bound) {
    Script script =
        Script.resource(OpenNotebooks.class, "ask").with("ROOT", root).with("WORDS", words);
    Output output = connection.run(script, bound);
    if (output.exit() != 0) {
      List<String> lines = output.stderr().strip().lines().toList();
      throw new Failure(
          connection.host(),
          lines.isEmpty() ? "the notebook server does not answer" : Printable.line(lines.getLast()),
          "look at `huddle logs notebook`; `huddle notebook stop` and `huddle notebook` start it anew",
          output.stderr());
    }
    return output.stdout();
  }
}
