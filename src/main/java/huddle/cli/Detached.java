package huddle.cli;

import huddle.event.Failure;
import huddle.spec.ClusterSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `--detach`: a command that goes on running does so in the background.
///
/// The command line is run once more, in a session of its own and with its output in a log; that
/// process announces itself in a file of the private runtime folder, which is waited for. While it
/// lives, the same command finds it there and gives the same answer. A command uses it so:
///
/// ```java
/// Detached detached = Detached.of(context, spec, "notebook");
/// if (detach && !detached.isBackground()) {
///   Detached.Started started = detached.start(Duration.ofMinutes(10));  // found, or started
///   …print started.announced(), or return started.exit()
/// }
/// …listen; then, in both cases:
/// try (var _ = detached.announce(announced)) {  // in the foreground this writes nothing
///   lifeline.watch(connection, says);
/// }
/// ```
///
/// What must be secret goes into the announcement (mode 0600), never onto a command line.
final class Detached {
  /// Names the announcement a background process is to write.
  static final String VARIABLE = "HUDDLE_DETACHED";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Context context;
  private final ClusterSpec spec;
  private final String what;
  private final Path lock;
  private final AnnouncementFile file;

  private Detached(Context context, ClusterSpec spec, String what, Announcements announcements) {
    this.context = context;
    this.spec = spec;
    this.what = what;
    this.lock = announcements.lock(what);
    this.file = announcements.file(what);
  }

  /// @param what of the cluster, such as `pages`, `notebook` or `connect`: one of each runs
  static Detached of(Context context, ClusterSpec spec, String what) {
    if (!what.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(what);
    }
    return new Detached(context, spec, what, Announcements.of(context, spec));
  }

  /// What came of a start.
  ///
  /// @param announced empty if the process ended instead; it has said why
  /// @param exit its exit code then
  record Started(Optional<Announced> announced, int exit) {}

  /// Whether this process is the one in the background.
  boolean isBackground() {
    return context.environment().getOrDefault(VARIABLE, "").equals(file.path().toString());
  }

  /// What the process in the background announced, if one lives.
  Optional<Announced> living() {
    return file.living();
  }

  /// Finds the living process, or starts one and waits for its announcement; what it prints until
  /// then goes to standard error.
  ///
  /// @param bound how long it may take
  Started start(Duration bound) throws InterruptedException {
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      Optional<Announced> living = living();
      if (living.isPresent()) {
        return new Started(living, 0);
      }
      Files.deleteIfExists(file.path());
      return awaited(launch(), bound);
    } catch (IOException e) {
      throw Failure.of("no process can be started in the background: " + e.getMessage(), "");
    }
  }

  private BackgroundProcess launch() throws IOException {
    Path logs = Files.createDirectories(context.cache().resolve("logs").resolve(spec.name()));
    Path log =
        logs.resolve(
            "%s-%s-detached-%d.log"
                .formatted(
                    STAMP.format(context.clock().instant()), what, ProcessHandle.current().pid()));
    return BackgroundProcess.start(context.folder(), log, Map.of(VARIABLE, file.path().toString()));
  }

  private Started awaited(BackgroundProcess launched, Duration bound)
      throws IOException, InterruptedException {
    // It is Huddle's own output, so it is safe to print.
    Optional<AnnouncementFile.State> state =
        launched.await(file::read, bound, text -> context.terminal().err().print(text));
    return state.isPresent()
        ? new Started(state.map(AnnouncementFile.State::announced), 0)
        : new Started(Optional.empty(), launched.failed());
  }

  /// Says that it works: writes the announcement if this is the process in the background. Closing
  /// takes it back.
  Announcement announce(Announced announced) {
    if (!isBackground()) {
      return () -> {};
    }
    RunningProcess self = RunningProcess.self();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("what", what);
    about.put("cluster", spec.name());
    about.put("since", context.clock().instant().toString());
    try {
      file.write(new AnnouncementFile.State(self, announced), about);
    } catch (IOException e) {
      throw Failure.of("what runs in the background cannot be noted: " + e.getMessage(), "");
    }
    return () -> file.remove(self);
  }

  /// Closing it takes an announcement back.
  @FunctionalInterface
  interface Announcement extends AutoCloseable {
    @Override
    void close();
  }

  /// Ends the process in the background, if one lives; whether one did.
  boolean end() throws InterruptedException {
    return file.end();
  }
}
