package huddle.submit;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.time.Duration;
import java.util.List;

/// The drivers that Huddle started on the Master's host.
///
/// @param root of the cluster there
public record Drivers(Connection connection, String root) {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int TAIL = 200;

  /// All of them, those that run before those that have ended.
  public List<DriverRecord> all() {
    Output output =
        connection.run(Script.resource(Drivers.class, "drivers").with("ROOT", root), BOUND);
    if (output.exit() != 0) {
      throw new Failure(
          connection.host(), "the drivers cannot be listed: " + output.stderr(), "", "");
    }
    return DriverRecord.parse(output.stdout());
  }

  /// The last lines of a detached one.
  ///
  /// @param id of a [DriverRecord]
  public String output(String id) {
    Script tail =
        new Script(
                "driver-output",
                "tail -n \"$LINES\" \"$ROOT/logs/driver-$ID.log\"\n",
                java.util.Map.of())
            .with("ROOT", root)
            .with("ID", id)
            .with("LINES", Integer.toString(TAIL));
    return connection.run(tail, BOUND).stdout();
  }

  /// Ends one with all that it started; whether it still ran.
  ///
  /// @param id of a [DriverRecord]
  public boolean end(String id) {
    Output ended =
        connection.run(
            Script.resource(Drivers.class, "kill-driver")
                .after(Script.resource(Drivers.class, "session"))
                .with("ROOT", root)
                .with("ID", id),
            BOUND);
    if (ended.exit() != 0 && ended.exit() != 3) {
      throw new Failure(
          connection.host(), "the driver could not be ended: " + ended.stderr(), "", "");
    }
    return ended.exit() == 0;
  }
}
