package huddle.submit;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a driver's JVM wrote down of itself, by conf/log4j2.properties: the id that the Master gave
/// it, the port of its page, and that it has started. The last of each counts, as a program may
/// start anew. Hostile text. Pure.
public record DriverNotes(Optional<String> application, OptionalInt page, boolean started) {
  /// Nothing yet.
  public static final DriverNotes NONE =
      new DriverNotes(Optional.empty(), OptionalInt.empty(), false);

  private static final Pattern APPLICATION =
      Pattern.compile(
          "StandaloneSchedulerBackend .* app(?:lication)? ID (app-[A-Za-z0-9_.-]{1,60})");

  /// Every Spark since 3.5 says so right after it attached all that answers at its page.
  private static final Pattern STARTED =
      Pattern.compile("StandaloneSchedulerBackend SchedulerBackend is ready for scheduling ");

  private static final Pattern PAGE =
      Pattern.compile("Utils Successfully started service 'SparkUI' on port ([0-9]{1,5})\\b");

  /// With one more line.
  public DriverNotes with(String line) {
    Matcher application = APPLICATION.matcher(line);
    if (application.find()) {
      return new DriverNotes(Optional.of(application.group(1)), page, false);
    }
    Matcher bound = PAGE.matcher(line);
    if (bound.find()) {
      return new DriverNotes(
          this.application, OptionalInt.of(Integer.parseInt(bound.group(1))), false);
    }
    if (STARTED.matcher(line).find()) {
      return new DriverNotes(this.application, page, true);
    }
    return this;
  }
}
