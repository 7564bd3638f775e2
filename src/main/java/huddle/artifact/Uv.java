package huddle.artifact;

import huddle.event.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The operator's uv, or one that is fetched.
final class Uv {
  private static final Duration ASK = Duration.ofSeconds(20);
  private static final Pattern VERSION = Pattern.compile("uv ([0-9]{1,6})\\.([0-9]{1,6})\\..*");

  private final OperatorEnvironment environment;
  private final UvWheel wheel;
  private Optional<Found> found = Optional.empty();

  Uv(OperatorEnvironment environment, UvWheel wheel) {
    this.environment = environment;
    this.wheel = wheel;
  }

  private record Found(String program, Map<String, String> variables, boolean noIndex) {}

  /// How uv ended.
  record Ended(int exit, String stdout, String stderr) {}

  /// Runs it to its end.
  ///
  /// @param folder that it runs in: what is relative in files of requirements starts there
  /// @param more variables; `UV_FIND_LINKS` is added to what the operator has
  /// @throws Failure if there is no uv, or it does not end
  Ended run(
      List<String> words,
      Path folder,
      Map<String, String> more,
      Duration bound,
      Progress progress) {
    Found uv = find(progress);
    List<String> command = new ArrayList<>(List.of(uv.program()));
    command.addAll(words);
    if (uv.noIndex() && words.getFirst().equals("pip")) {
      command.add("--no-index");
    }
    Map<String, String> variables = new HashMap<>(uv.variables());
    more.forEach((name, value) ->
        variables.merge(
            name, value, (old, add) -> name.equals("UV_FIND_LINKS") ? old + "," + add : add));
    Ended ended = run(command, folder, variables, bound);
    if (ended.exit() != 0 && ended.stderr().contains("No interpreter found")) {
      // uv wants to ask some Python of this machine; without one it may bring its own.
      variables.put("UV_PYTHON_DOWNLOADS", "automatic");
      ended = run(command, folder, variables, bound);
      if (ended.exit() != 0 && ended.stderr().contains("No interpreter found")) {
        throw new Failure(
            "", "uv needs some Python 3 on this machine", "install python3", ended.stderr());
      }
    }
    return ended;
  }

  private static Ended run(
      List<String> command, Path folder, Map<String, String> variables, Duration bound) {
    Commands.Ended ended =
        new LocalCommands(variables, folder)
            .run(command, bound)
            .orElseThrow(() ->
                Thread.currentThread().isInterrupted()
                    ? Failure.of("interrupted while uv ran", "")
                    : Failure.of(
                        "uv did not end within %d minutes".formatted(bound.toMinutes()),
                        "check the network, then run it again"));
    return new Ended(ended.exit(), ended.stdout(), ended.stderr());
  }

  /// Whose index it asks, for messages.
  String index() {
    try {
      return new IndexFinder(environment, new LocalCommands(environment.variables())).find().name();
    } catch (Failure e) {
      return "the Python index";
    }
  }

  private synchronized Found find(Progress progress) {
    if (found.isEmpty()) {
      Commands commands = new LocalCommands(environment.variables());
      String program =
          isRecent(commands, "uv") ? "uv" : wheel.get(() -> index(commands), progress).toString();
      PipConfig pip = new IndexFinder(environment, commands).config();
      found =
          Optional.of(new Found(program, UvVariables.of(environment, pip), pip.isOn("no-index")));
    }
    return found.get();
  }

  private PythonIndex index(Commands commands) {
    try {
      return PythonIndex.find(environment, commands);
    } catch (Failure failure) {
      throw new Failure(
          "",
          "there is no uv here, and none can be fetched: " + failure.what(),
          "install uv, or python3-pip and let it know your index",
          failure.detail());
    }
  }

  /// Older ones lack platforms that are needed.
  private static boolean isRecent(Commands commands, String program) {
    return commands
        .run(List.of(program, "--version"), ASK)
        .filter(ended -> ended.exit() == 0)
        .map(ended -> VERSION.matcher(ended.stdout().strip()))
        .filter(Matcher::matches)
        .filter(version ->
            Integer.parseInt(version.group(1)) > 0 || Integer.parseInt(version.group(2)) >= 6)
        .isPresent();
  }
}
