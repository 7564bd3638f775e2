package huddle.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The event logs that a host has. What a host says of them is hostile: only names that Spark gives
/// are taken, so many of them and not more.
///
/// @param logs by name (`eventlog_v2_app-…`, `app-…`), the sizes of their files by path
record EventLogList(Map<String, Map<String, Long>> logs) {
  private static final int MOST_FILES = 20_000;
  private static final String APP = "app-[0-9]{14}-[0-9]{4,9}(?:_[A-Za-z0-9_-]{1,40})?";
  private static final String CODEC = "(?:\\.(?:zstd|lz4|lzf|snappy))?";
  private static final Pattern LINE = Pattern.compile(" *([0-9]{1,15}) \\./(.*)");
  private static final Pattern PATH =
      Pattern.compile(
          "(eventlog_v2_(%1$s))/(?:events_[0-9]{1,9}_\\2%2$s(?:\\.compact)?|appstatus_\\2(?:\\.inprogress)?)|(%1$s%2$s)(?:\\.inprogress)?"
              .formatted(APP, CODEC));

  EventLogList {
    logs = Map.copyOf(logs);
  }

  /// From what `eventlogs-list.sh` prints.
  static EventLogList parse(String text) {
    Map<String, Map<String, Long>> logs = new TreeMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .limit(MOST_FILES)
        .forEach(line ->
            log(line.group(2))
                .ifPresent(log ->
                    logs.computeIfAbsent(log, name -> new TreeMap<>())
                        .put(line.group(2), Long.valueOf(line.group(1)))));
    return new EventLogList(logs);
  }

  /// The log that a file belongs to; empty if it is no file of one.
  static Optional<String> log(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(3)))
        : Optional.empty();
  }

  /// The files that differ from those of another host, those that say that an Application has ended
  /// last.
  List<String> missingAt(EventLogList other) {
    List<String> missing = new ArrayList<>();
    logs.forEach((log, files) -> {
      Map<String, Long> there = other.logs().getOrDefault(log, Map.of());
      files.forEach((path, size) -> {
        boolean over = path.endsWith(".inprogress") && isOver(there.keySet(), path);
        if (!size.equals(there.get(path)) && !over) {
          missing.add(path);
        }
      });
    });
    missing.sort((a, b) -> Boolean.compare(a.contains("/appstatus_"), b.contains("/appstatus_")));
    return missing;
  }

  private static boolean isOver(java.util.Set<String> there, String path) {
    return there.contains(path.substring(0, path.length() - ".inprogress".length()));
  }

  /// The logs of Applications that have ended.
  List<String> ended() {
    return logs.entrySet().stream()
        .filter(log -> log.getValue().keySet().stream().noneMatch(f -> f.endsWith(".inprogress")))
        .filter(log ->
            !log.getKey().startsWith("eventlog_v2_")
                || log.getValue().keySet().stream().anyMatch(f -> f.contains("/appstatus_")))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.toList());
  }

  /// The oldest ended ones that must go for the rest to fit.
  ///
  /// @param most bytes of all
  List<String> beyond(long most) {
    long bytes = logs.values().stream().mapToLong(EventLogList::bytes).sum();
    List<String> beyond = new ArrayList<>();
    // Names begin with the time of the Application's start, to the second.
    for (String log :
        ended().stream().sorted((a, b) -> started(a).compareTo(started(b))).toList()) {
      if (bytes <= most) {
        break;
      }
      bytes -= bytes(logs.getOrDefault(log, Map.of()));
      beyond.add(log);
    }
    return beyond;
  }

  private static long bytes(Map<String, Long> files) {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String started(String log) {
    return log.replaceFirst("^eventlog_v2_", "");
  }
}
