package huddle.python;

import huddle.event.Count;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An environment that is decided: its packages, and the Python minor that they are for.
///
/// @param digest of what is in it, see [Pins#digest]
/// @param request digest of what was asked for, see [PythonRequest#digest]: while that stays the
///   same, nothing is resolved anew
/// @param minor `3.11`
/// @param pins what is in it, by platform ([PythonPlatform#key]); not empty. Where a platform is
///   not among them, the others are its constraints
public record PythonEnvironment(
    PythonKind kind, String digest, String request, String minor, Map<String, Pins> pins) {
  /// Begins the name of its folder below the root.
  public static final String FOLDER = "python-";

  private static final int SHORT = 12;
  private static final Pattern IDENTITY =
      Pattern.compile(
          "python ([0-9a-f]{64}) ([a-z]{1,20}) request ([0-9a-f]{64}) minor (3\\.[0-9]{1,3})"
              + " on (/\\S.*)");

  public PythonEnvironment {
    pins = Map.copyOf(pins);
  }

  /// The environment that some packages make.
  public static PythonEnvironment of(PythonRequest request, Map<String, Pins> pins) {
    Pins all = pins.values().stream().reduce(Pins.NONE, Pins::and);
    return new PythonEnvironment(
        request.kind(), all.digest(request.minor()), request.digest(), request.minor(), pins);
  }

  /// What is in it, whatever the platform.
  public Pins all() {
    return pins.values().stream().reduce(Pins.NONE, Pins::and);
  }

  /// Its folder below the root of a host.
  public String folder() {
    return FOLDER + digest.substring(0, SHORT);
  }

  /// Its interpreter below the root of a host.
  public String python() {
    return folder() + "/bin/python3";
  }

  /// The line in its folder on a host.
  ///
  /// @param interpreter path there of the interpreter that it stands on
  public String identity(String interpreter) {
    return "python %s %s request %s minor %s on %s"
        .formatted(digest, kind.name().toLowerCase(Locale.ROOT), request, minor, interpreter);
  }

  /// What such a line says.
  public record Found(
      PythonKind kind, String digest, String request, String minor, String interpreter) {
    /// As an environment.
    ///
    /// @param platform of the host that has it
    /// @param pins that are kept there
    public PythonEnvironment environment(String platform, Pins pins) {
      return new PythonEnvironment(kind, digest, request, minor, Map.of(platform, pins));
    }
  }

  /// Reads the line; empty if it is another's.
  public static Optional<Found> found(String identity) {
    Matcher line = IDENTITY.matcher(identity);
    return line.matches()
        ? Stream.of(PythonKind.values())
            .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(line.group(2)))
            .findFirst()
            .map(
                kind -> new Found(kind, line.group(1), line.group(3), line.group(4), line.group(5)))
        : Optional.empty();
  }

  /// For people: `Python 3.11 with pandas 2.3.3, pyarrow 26.0.1 and 4 more`.
  public String summary() {
    Pins all = all();
    java.util.List<String> named =
        Stream.of("pandas", "pyarrow", "jupyterlab")
            .flatMap(name -> all.version(name).map(version -> name + " " + version).stream())
            .toList();
    int more = all.all().size() - named.size();
    if (named.isEmpty()) {
      return "Python %s with %s".formatted(minor, Count.of(more, "package"));
    }
    return named.stream()
        .collect(
            Collectors.joining(
                ", ", "Python " + minor + " with ", more > 0 ? " and " + more + " more" : ""));
  }
}
