package huddle.python;

import huddle.event.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What uv says when it cannot do as asked, as a Failure with the way out.
public final class UvComplaint {
  private static final int LONGEST = 400;
  private static final Pattern CAUSE = Pattern.compile("(?s)\\bcause: (.*?)(?:\\n\\s*\\n|$)");
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "([A-Za-z0-9._-]+) was not found in the (?:package registry|provided package locations)");
  private static final Pattern NO_VERSION =
      Pattern.compile("there (?:is|are) no versions? of ([A-Za-z0-9._\\[\\]-]+)([=<>!~][^ ]*)?");
  private static final Pattern NO_WHEEL =
      Pattern.compile("([A-Za-z0-9._-]+)((?:[=<>!~]=?[^ ]+)?) has no (?:usable )?wheels");
  private static final Pattern NO_WHEELS_AT_ALL =
      Pattern.compile("all versions of ([A-Za-z0-9._-]+) have no usable wheels");
  private static final Pattern UNREACHABLE =
      Pattern.compile("Failed to fetch: [`']?(https?://[^\\s`']+)");
  private static final Pattern SYNTAX =
      Pattern.compile("Couldn't parse requirement in [`']?([^`']+?)[`']? at");

  private UvComplaint() {}

  /// @param said all that uv wrote on its standard error
  /// @param index by name, for messages
  public static Failure failure(
      PythonRequest request, PythonPlatform platform, String said, String index) {
    String text = said.replaceAll("\u001b\\[[0-9;]*m", "");
    String what = named(request);
    Matcher unreachable = UNREACHABLE.matcher(text);
    if (unreachable.find()) {
      return failure(
          "the Python index cannot be asked for " + what + ": " + last(text),
          "check the network and the settings of pip or uv (" + index + ")",
          said);
    }
    Matcher syntax = SYNTAX.matcher(text);
    if (syntax.find()) {
      return failure(
          what + " holds what is no requirement: " + brief(after(text, "cause: ")),
          "write one as pandas or pandas>=2.2,<3",
          said);
    }
    String because = because(text);
    Matcher unknown = UNKNOWN.matcher(because);
    if (unknown.find()) {
      return failure(
          what + ": " + index + " has no package named " + unknown.group(1),
          "check how it is spelled, or name an index that has it in pip's or uv's settings",
          said);
    }
    Matcher none = NO_WHEELS_AT_ALL.matcher(because);
    if (none.find()) {
      return failure(noWheel(what, none.group(1), request, platform), wheelRemedy(), said);
    }
    if (because.matches("(?s).*you require pyspark.*pyspark==.*")) {
      return failure(
          "%s asks for another PySpark than the cluster's %s: %s"
              .formatted(what, request.spark(), brief(because)),
          "leave pyspark without a version, or choose the cluster's: spark: {version: …}",
          said);
    }
    Matcher wheel = NO_WHEEL.matcher(because);
    if (wheel.find()) {
      return failure(
          noWheel(what, wheel.group(1) + wheel.group(2), request, platform), wheelRemedy(), said);
    }
    Matcher version = NO_VERSION.matcher(because);
    if (version.find() && because.contains("you require " + version.group(1))) {
      return failure(
          "%s: %s has no %s%s that suits Python %s"
              .formatted(
                  what,
                  index,
                  version.group(1),
                  version.group(2) == null ? "" : version.group(2),
                  request.minor()),
          "name a version that it has",
          said);
    }
    if (!because.isEmpty()) {
      String pandas =
          because.contains("pandas<3") || because.contains("pandas>=")
              ? " (PySpark %s needs pandas>=%s)"
                  .formatted(request.spark(), PySparkNeeds.of(request.spark()).pandas())
              : "";
      return failure(
          "%s: these do not go together: %s%s".formatted(what, brief(because), pandas),
          "change one of them",
          said);
    }
    return failure(
        "uv cannot resolve " + what + ": " + last(text), "see the log of this run", said);
  }

  /// Why packages that were resolved cannot be installed.
  public static Failure failure(
      PythonEnvironment environment, PythonPlatform platform, String said, String index) {
    String text = said.replaceAll("\u001b\\[[0-9;]*m", "");
    if (UNREACHABLE.matcher(text).find()) {
      return failure(
          "the Python packages cannot be fetched: " + last(text),
          "check the network and the settings of pip or uv (" + index + ")",
          said);
    }
    Matcher none = NO_WHEEL.matcher(because(text));
    if (none.find()) {
      return failure(
          "%s%s has no wheel for Python %s on %s"
              .formatted(none.group(1), none.group(2), environment.minor(), platform),
          wheelRemedy(),
          said);
    }
    String because = because(text);
    return failure(
        "uv cannot install the Python packages for %s: %s"
            .formatted(platform, because.isEmpty() ? last(text) : brief(because)),
        "see the log of this run",
        said);
  }

  private static String named(PythonRequest request) {
    return switch (request.kind()) {
      case NOTEBOOK -> "the notebook's packages";
      case CLUSTER ->
          request.file().isEmpty()
              ? "python.packages"
              : request.packages().isEmpty() || !request.asked()
                  ? request.file().get().path()
                  : "python.packages and " + request.file().get().path();
    };
  }

  private static String noWheel(
      String what, String name, PythonRequest request, PythonPlatform platform) {
    return "%s: %s has no wheel for Python %s on %s"
        .formatted(what, name, request.minor(), platform);
  }

  private static String wheelRemedy() {
    return "name another version of it, or another python.version";
  }

  private static Failure failure(String what, String remedy, String detail) {
    return new Failure("", what, remedy, detail);
  }

  private static String because(String text) {
    Matcher cause = CAUSE.matcher(text);
    if (!text.contains("No solution found") || !cause.find()) {
      return "";
    }
    return cause
        .group(1)
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .replaceFirst("^Because ", "")
        .replaceFirst(
            ",? (?:and )?we can conclude that your requirements are unsatisfiable\\.$", "");
  }

  private static String after(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(at + mark.length()).lines().findFirst().orElse("");
  }

  private static String brief(String text) {
    String line = text.strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /// The last cause that uv names.
  public static String last(String text) {
    String cause =
        text.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("cause: ") || line.startsWith("error: "))
            .reduce((a, b) -> b)
            .orElse(text.strip());
    return brief(cause.replaceFirst("^(?:cause|error): ", ""));
  }
}
