package huddle.submit;

import huddle.event.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A driver that Huddle started on the Master's host: of the files `run/driver-ID` while it runs,
/// `logs/driver-ID.end` afterwards. Hostile text. Pure.
///
/// @param id Huddle's own
/// @param name of the Application, as asked for
/// @param by who submitted it, from where
/// @param sinceEpochSeconds by the host's clock
/// @param running whether its process lives
/// @param detached whether its output is in a log on the host
/// @param exit once it has ended
/// @param notes what its JVM wrote down
public record DriverRecord(
    String id,
    String name,
    String by,
    long sinceEpochSeconds,
    boolean running,
    boolean detached,
    OptionalInt exit,
    DriverNotes notes) {
  private static final int MOST = 1_000;

  /// Reads what `drivers.sh` prints.
  public static List<DriverRecord> parse(String text) {
    List<DriverRecord> all = new ArrayList<>();
    String id = "";
    Map<String, String> values = new HashMap<>();
    DriverNotes notes = DriverNotes.NONE;
    for (String line : (text + "\ndriver").lines().toList()) {
      if (line.equals("driver") || line.startsWith("driver ")) {
        if (id.matches("[A-Za-z0-9-]{1,60}") && all.size() < MOST) {
          all.add(of(id, values, notes));
        }
        id = line.substring("driver".length()).strip();
        values.clear();
        notes = DriverNotes.NONE;
      } else if (line.startsWith("note ")) {
        notes = notes.with(line.substring("note ".length()));
      } else if (line.indexOf('=') > 0) {
        values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return all;
  }

  private static DriverRecord of(String id, Map<String, String> values, DriverNotes notes) {
    String exit = values.getOrDefault("exit", "");
    String since = values.getOrDefault("since", "");
    return new DriverRecord(
        id,
        Printable.line(values.getOrDefault("name", "")),
        Printable.line(values.getOrDefault("by", "")),
        since.matches("[0-9]{1,12}") ? Long.parseLong(since) : 0,
        values.getOrDefault("alive", "").equals("yes"),
        values.getOrDefault("detached", "").equals("yes"),
        exit.matches("[0-9]{1,3}") ? OptionalInt.of(Integer.parseInt(exit)) : OptionalInt.empty(),
        notes);
  }

  /// The id of its Application, once the Master has it.
  public Optional<String> application() {
    return notes.application();
  }
}
