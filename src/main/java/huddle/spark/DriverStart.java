package huddle.spark;

/// When a driver that starts can be asked for what is below `/api/v1`. Spark binds the page's port
/// early and attaches what answers there one after the other, each before it is started; whoever
/// asks the API in between, which takes long to start, makes the driver print a stack trace. What
/// is attached after the API, and starts in no time, tells whom the driver's own notes do not.
/// Pure.
public final class DriverStart {
  /// Attached after the API in every Spark since 3.5. It ends a job that is named, and none is.
  public static final String LAST = "/jobs/job/kill";

  private DriverStart() {}

  /// Whether this is the answer of [#LAST] itself to a GET: since 4.2 it takes POST only, before it
  /// sends back to the list of jobs. Until it is there, 200, 400, 404 or 503 come in its place.
  public static boolean isOver(int status) {
    return status == 405 || status == 302;
  }
}
