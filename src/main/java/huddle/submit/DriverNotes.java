package huddle.submit;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a driver's JVM wrote down of itself, by conf/log4j2.properties: the id that the Master gave
/// it, and the port of its page. The last of each counts, as a program may start anew. Hostile
/// text. Pure.
public record DriverNotes(Optional<String> application, OptionalInt page) {
  /// Nothing yet.
  public static final DriverNotes NONE = new DriverNotes(Optional.empty(), OptionalInt.empty());

  private static final Pattern APPLICATION =
      Pattern.compile(
          "StandaloneSchedulerBackend .* app(?:lication)? ID (app-[A-Za-z0-9_.-]{1,60})");

  private static final Pattern PAGE =
      Pattern.compile("Utils Successfully started service 'SparkUI' on port ([0-9]{1,5})\\b");

  /// With one more line.
  public DriverNotes with(String line) {
    Matcher application = APPLICATION.matcher(line);
    if (application.find()) {
      return new DriverNotes(Optional.of(application.group(1)), page);
    }
    Matcher bound = PAGE.matcher(line);
    if (bound.find()) {
      return new DriverNotes(this.application, OptionalInt.of(Integer.parseInt(bound.group(1))));
    }
    return this;
  }
}
