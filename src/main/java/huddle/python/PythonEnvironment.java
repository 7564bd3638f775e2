package huddle.python;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An environment that is decided: its packages, and the Python minor that they are for.
///
/// @param digest of what is in it, see [Pins#digest]
/// @param request digest of what was asked for, see [PythonRequest#digest]: while that stays the
///   same, nothing is resolved anew
/// @param minor `3.11`
/// @param pins what is in it
public record PythonEnvironment(String digest, String request, String minor, Pins pins) {
  /// Begins the name of its folder below the root.
  public static final String FOLDER = "python-";

  private static final int SHORT = 12;
  private static final Pattern IDENTITY =
      Pattern.compile(
          "python ([0-9a-f]{64}) request ([0-9a-f]{64}) minor (3\\.[0-9]{1,3}) on (/\\S.*)");
  private static final Pattern PATH =
      Pattern.compile(".*/(" + FOLDER + "[0-9a-f]{" + SHORT + "})/bin/python3");

  /// The environment that some packages make.
  public static PythonEnvironment of(String request, String minor, Pins pins) {
    return new PythonEnvironment(pins.digest(minor), request, minor, pins);
  }

  /// Its folder below the root of a host.
  public String folder() {
    return FOLDER + digest.substring(0, SHORT);
  }

  /// Its interpreter below the root of a host.
  public String python() {
    return folder() + "/bin/python3";
  }

  /// The name that Spark is told. Executors run the driver's string as it is, and every host has
  /// this name first on its PATH: a host without this very environment fails loudly.
  public String command() {
    return "huddle-" + folder();
  }

  /// The name that Spark is told of an interpreter at a path: distinct for an environment,
  /// `huddle-python` for an interpreter without one.
  public static String command(String path) {
    Matcher matcher = PATH.matcher(path);
    return "huddle-" + (matcher.matches() ? matcher.group(1) : "python");
  }

  /// The line in its folder on a host.
  ///
  /// @param interpreter path there of the interpreter that it stands on
  public String identity(String interpreter) {
    return "python %s request %s minor %s on %s".formatted(digest, request, minor, interpreter);
  }

  /// What such a line says.
  public record Found(String digest, String request, String minor, String interpreter) {
    /// As an environment, with the pins that were kept beside it.
    public PythonEnvironment environment(Pins pins) {
      return new PythonEnvironment(digest, request, minor, pins);
    }
  }

  /// Reads the line; empty if it is another's.
  public static Optional<Found> found(String identity) {
    Matcher matcher = IDENTITY.matcher(identity);
    return matcher.matches()
        ? Optional.of(
            new Found(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
        : Optional.empty();
  }

  /// For people: `Python 3.11 with pandas 2.3.3, pyarrow 26.0.1 and 4 more`.
  public String summary() {
    String named =
        java.util.stream.Stream.of("pandas", "pyarrow", "jupyterlab")
            .flatMap(name -> pins.version(name).map(version -> name + " " + version).stream())
            .collect(java.util.stream.Collectors.joining(", "));
    long namedCount = named.isEmpty() ? 0 : named.chars().filter(c -> c == ',').count() + 1;
    long more = pins.all().size() - namedCount;
    if (named.isEmpty()) {
      return "Python %s with %d %s".formatted(minor, more, more == 1 ? "package" : "packages");
    }
    return "Python %s with %s%s".formatted(minor, named, more > 0 ? " and " + more + " more" : "");
  }
}
