package huddle.facts;

import huddle.event.Failure;
import huddle.facts.HostFacts.Disk;
import huddle.facts.HostFacts.Java;
import huddle.facts.HostFacts.Python;
import huddle.facts.HostFacts.SparkDaemon;
import huddle.spec.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Turns what the probe printed into facts. Pure; whatever the text holds, the outcome is facts or
/// a [Failure]. Lines that make no sense are left out, unknown keys ignored.
public final class FactsParser {
  /// Some 35,000 years; no clock is beyond it.
  private static final long LAST_SECOND = 1L << 40;

  private final String host;
  private final FactLines facts;

  private FactsParser(String host, FactLines facts) {
    this.host = host;
    this.facts = facts;
  }

  /// @param host its name as written in the file, for failures
  /// @param output all that the probe printed
  /// @param sent when the operator began to ask, on the operator's clock
  /// @param received when the answer was complete, on the operator's clock
  /// @throws Failure if the output is cut off, not the probe's, or lacks what every host has
  public static HostFacts parse(String host, String output, Instant sent, Instant received) {
    return new FactsParser(host, FactLines.read(host, output)).hostFacts(sent, received);
  }

  private HostFacts hostFacts(Instant sent, Instant received) {
    String root = needed("root", "the folder of the cluster");
    return new HostFacts(
        needed("user", "its user name"),
        needed("home", "its home folder"),
        facts.first("shell").orElse(""),
        needed("hostName", "its own name"),
        facts.all("resolves", 1).stream()
            .map(List::getFirst)
            .filter(AddressFacts::isNumeric)
            .distinct()
            .toList(),
        facts.first("os").orElse(""),
        needed("arch", "its architecture"),
        facts.first("libc").orElse(""),
        cores(),
        memoryMiB(),
        facts.first("reachedAt").map(FactsParser::withoutZone).filter(AddressFacts::isNumeric),
        AddressFacts.of(facts),
        clockOffsetMillis(sent, received),
        openFiles(),
        missing(),
        each("disk", 6, this::disk),
        each("java", 4, FactsParser::java),
        each("python", 2, FactsParser::python),
        SocketFacts.listening(facts),
        each("daemon", 5, FactsParser::daemon),
        InstalledFacts.of(facts, root));
  }

  private interface Reader<T> {
    Optional<T> read(List<String> line);
  }

  private <T> List<T> each(String key, int fewest, Reader<T> reader) {
    return facts.all(key, fewest).stream().flatMap(line -> reader.read(line).stream()).toList();
  }

  private String needed(String key, String what) {
    return facts.first(key).orElseThrow(() -> lacks(what));
  }

  private List<String> missing() {
    return facts.all("missing", 1).stream().map(List::getFirst).limit(40).toList();
  }

  private Failure lacks(String what) {
    if (!missing().isEmpty()) {
      return Failure.on(
          host,
          "the probe could not tell %s, for it lacks %s"
              .formatted(what, String.join(", ", missing())),
          "install that there");
    }
    return Failure.on(
        host,
        "the probe could not tell " + what,
        "log in to the host and see whether /proc is mounted and `id`, `uname`, `nproc` and `date` work");
  }

  private int cores() {
    long least =
        Numbers.natural(needed("cores", "its cores"), 1 << 20)
            .orElseThrow(() -> lacks("its cores"));
    for (List<String> limit : facts.all("cpuLimit", 2)) {
      OptionalLong quota = Numbers.natural(limit.get(0));
      OptionalLong period = Numbers.natural(limit.get(1));
      if (quota.isPresent() && period.isPresent() && period.getAsLong() > 0) {
        least = Math.min(least, quota.getAsLong() / period.getAsLong());
      }
    }
    return (int) Math.max(1, least);
  }

  private long memoryMiB() {
    long least =
        Numbers.natural(needed("memoryKiB", "its memory")).orElseThrow(() -> lacks("its memory"))
            / 1024;
    for (List<String> limit : facts.all("memoryLimit", 1)) {
      OptionalLong bytes = Numbers.natural(limit.getFirst());
      if (bytes.isPresent()) {
        least = Math.min(least, bytes.getAsLong() >> 20);
      }
    }
    return least;
  }

  /// The host read its clock when it began and when it ended: the mean of both differences takes
  /// the probe's own time out.
  private long clockOffsetMillis(Instant sent, Instant received) {
    Instant began = instant(needed("began", "its clock"));
    Instant ended = instant(needed("ended", "its clock"));
    return Duration.between(sent, began).plus(Duration.between(received, ended)).toMillis() / 2;
  }

  /// Seconds and nanoseconds; a `date` that has no nanoseconds is right to half a second.
  private Instant instant(String text) {
    int space = text.indexOf(' ');
    OptionalLong seconds = Numbers.natural(space < 0 ? text : text.substring(0, space));
    if (seconds.isEmpty() || seconds.getAsLong() > LAST_SECOND) {
      throw lacks("its clock");
    }
    return Instant.ofEpochSecond(
        seconds.getAsLong(),
        Numbers.natural(text.substring(space + 1), 999_999_999).orElse(500_000_000));
  }

  private long openFiles() {
    String limit = needed("openFiles", "its limit of open files");
    return limit.equals("unlimited")
        ? -1
        : Numbers.natural(limit).orElseThrow(() -> lacks("its limit of open files"));
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  /// What for, folder, its nearest parent without links, total and free KiB, writable.
  private Optional<Disk> disk(List<String> line) {
    List<String> mount =
        facts.all("mount", 3).stream()
            .filter(m -> m.getFirst().equals(line.get(2)))
            .findFirst()
            .orElse(List.of("", "", ""));
    List<String> flags = Stream.of(mount.get(2).split(",", 64)).filter(f -> !f.isEmpty()).toList();
    return Optional.of(
        new Disk(
            line.get(1),
            line.get(0),
            Numbers.natural(line.get(3)).orElse(0) / 1024,
            Numbers.natural(line.get(4)).orElse(0) / 1024,
            line.get(5).equals("yes") && !flags.contains("ro"),
            mount.get(1),
            flags));
  }

  /// Home, version, whether it has the vector module, whether it is the cluster's.
  private static Optional<Java> java(List<String> line) {
    OptionalInt major = major(line.get(1));
    if (!line.getFirst().startsWith("/") || major.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Java(
            line.getFirst(),
            line.get(1),
            major.getAsInt(),
            line.get(2).equals("yes"),
            line.get(3).equals("yes")));
  }

  /// `1.8.0_392` is 8, `17.0.15` is 17, `26-ea` is 26.
  private static OptionalInt major(String version) {
    String rest = version.startsWith("1.") ? version.substring(2) : version;
    int end = 0;
    while (end < rest.length() && rest.charAt(end) >= '0' && rest.charAt(end) <= '9') {
      end++;
    }
    return Numbers.natural(rest.substring(0, end), 999);
  }

  private static Optional<Python> python(List<String> line) {
    List<String> parts = List.of(line.get(1).split("\\.", -1));
    boolean right =
        line.getFirst().startsWith("/")
            && parts.size() == 3
            && parts.stream().allMatch(part -> Numbers.natural(part, 999).isPresent());
    return right ? Optional.of(new Python(line.getFirst(), line.get(1))) : Optional.empty();
  }

  private static Optional<SparkDaemon> daemon(List<String> line) {
    OptionalInt pid = Numbers.natural(line.getFirst(), Integer.MAX_VALUE);
    Optional<Role> role =
        Stream.of(Role.values()).filter(known -> known.word().equals(line.get(1))).findFirst();
    if (pid.isEmpty() || role.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> ports =
        Stream.of(line.get(4).split(",", 64))
            .flatMap(port -> Numbers.natural(port, 65_535).stream().boxed())
            .toList();
    return Optional.of(
        new SparkDaemon(pid.getAsInt(), role.get(), line.get(2), line.get(3), ports));
  }
}
