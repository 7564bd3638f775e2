package huddle.cli;

import huddle.event.Failure;
import huddle.ui.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The log of one run in the operator's cache. The newest hundred of a cluster are kept.
///
/// @param file where it is
record RunLog(Path file, EventLog events) {
  private static final int KEPT = 100;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  static RunLog open(Context context, String cluster, String command) {
    Path folder = context.cache().resolve("logs").resolve(cluster);
    Path file =
        folder.resolve(
            "%s-%s-%d.log"
                .formatted(
                    STAMP.format(context.clock().instant()),
                    command.replace(' ', '-'),
                    ProcessHandle.current().pid()));
    EventLog log = EventLog.open(file, context.clock());
    prune(folder);
    return new RunLog(file, log);
  }

  private static void prune(Path folder) {
    try (Stream<Path> logs = Files.list(folder)) {
      // Names begin with the time, so their order is age.
      List<Path> old = logs.sorted(Comparator.reverseOrder()).skip(KEPT).toList();
      for (Path log : old) {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw Failure.of(
          "the logs in " + folder + " cannot be tidied: " + e.getMessage(),
          "make that folder yours");
    }
  }
}
