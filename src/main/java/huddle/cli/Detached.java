package huddle.cli;

import huddle.event.Failure;
import huddle.json.Json;
import huddle.spec.ClusterSpec;
import huddle.ssh.SocketDirectory;
import huddle.ui.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
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

  private static final String PREFIX = "detached-";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Context context;
  private final ClusterSpec spec;
  private final String what;
  private final Path folder;
  private final Path file;

  private Detached(Context context, ClusterSpec spec, String what, Path folder) {
    this.context = context;
    this.spec = spec;
    this.what = what;
    this.folder = folder;
    this.file = folder.resolve(prefix(spec) + what + ".json");
  }

  /// @param what of the cluster, such as `pages`, `notebook` or `connect`: one of each runs
  static Detached of(Context context, ClusterSpec spec, String what) {
    if (!what.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(what);
    }
    return new Detached(context, spec, what, SocketDirectory.open(context.environment()));
  }

  /// What came of a start.
  ///
  /// @param announced empty if the process ended instead; it has said why
  /// @param exit its exit code then
  record Started(Optional<Announced> announced, int exit) {}

  /// Whether this process is the one in the background.
  boolean isBackground() {
    return context.environment().getOrDefault(VARIABLE, "").equals(file.toString());
  }

  /// What the process in the background announced, if one lives.
  Optional<Announced> living() {
    return read(file).filter(state -> state.process().isAlive()).map(State::announced);
  }

  /// Finds the living process, or starts one and waits for its announcement; what it prints until
  /// then goes to standard error.
  ///
  /// @param bound how long it may take
  Started start(Duration bound) throws InterruptedException {
    Path lock = folder.resolve(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      Optional<Announced> living = living();
      if (living.isPresent()) {
        return new Started(living, 0);
      }
      Files.deleteIfExists(file);
      return awaited(launch(), bound);
    } catch (IOException e) {
      throw Failure.of("no process can be started in the background: " + e.getMessage(), "");
    }
  }

  private record Launched(Process process, Path log) {}

  private Launched launch() throws IOException {
    Path logs = Files.createDirectories(context.cache().resolve("logs").resolve(spec.name()));
    Path log =
        logs.resolve(
            "%s-%s-detached-%d.log"
                .formatted(
                    STAMP.format(context.clock().instant()), what, ProcessHandle.current().pid()));
    Files.createFile(
        log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(ownCommandLine());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(context.folder().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().put(VARIABLE, file.toString());
    for (String stream : List.of("HUDDLE_TTY_IN", "HUDDLE_TTY_OUT", "HUDDLE_TTY_ERR")) {
      builder.environment().put(stream, "0");
    }
    return new Launched(builder.start(), log);
  }

  /// As the kernel has it: what started this JVM, whatever that was.
  private static List<String> ownCommandLine() throws IOException {
    String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
    String[] words = line.split("\0", -1);
    List<String> own = new ArrayList<>(List.of(words).subList(0, words.length - 1));
    ProcessHandle.current().info().command().ifPresent(java -> own.set(0, java));
    return own;
  }

  private Started awaited(Launched launched, Duration bound)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    Process process = launched.process();
    try (InputStream log = Files.newInputStream(launched.log())) {
      while (true) {
        boolean ended = !process.isAlive();
        Optional<State> state = read(file);
        show(log);
        if (state.isPresent()) {
          return new Started(state.map(State::announced), 0);
        }
        if (ended) {
          return new Started(Optional.empty(), Math.max(1, process.exitValue()));
        }
        if (System.nanoTime() > deadline) {
          throw new Failure(
              "",
              "the process in the background was not ready within %d s"
                  .formatted(bound.toSeconds()),
              "see its log: " + launched.log(),
              "");
        }
        Thread.sleep(LOOK);
      }
    } catch (IOException | InterruptedException | Failure e) {
      Thread.interrupted();
      Optional<RunningProcess> left = RunningProcess.of(process.pid());
      if (left.isPresent()) {
        left.get().end();
      }
      throw e;
    }
  }

  /// What was added to the log; it is Huddle's own output, so it is safe to print.
  private void show(InputStream log) throws IOException {
    byte[] more = log.readAllBytes();
    if (more.length > 0) {
      Surface err = context.terminal().err();
      err.print(new String(more, StandardCharsets.UTF_8));
    }
  }

  /// Says that it works: writes the announcement if this is the process in the background. Closing
  /// takes it back.
  Announcement announce(Announced announced) {
    if (!isBackground()) {
      return () -> {};
    }
    RunningProcess self = RunningProcess.self();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("what", what);
    json.put("cluster", spec.name());
    json.put("pid", self.pid());
    json.put("start", self.start());
    json.put("since", context.clock().instant().toString());
    json.put("announced", announced.json());
    try {
      Path fresh =
          Files.createTempFile(
              folder,
              "announced",
              null,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, Json.document(json));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.of("what runs in the background cannot be noted: " + e.getMessage(), "");
    }
    return () -> remove(file, self);
  }

  /// Closing it takes an announcement back.
  @FunctionalInterface
  interface Announcement extends AutoCloseable {
    @Override
    void close();
  }

  /// Ends the process in the background, if one lives; whether one did.
  boolean end() throws InterruptedException {
    return end(file);
  }

  /// Ends all that runs in the background for a cluster; what it was, such as `pages`.
  static List<String> endAll(Context context, ClusterSpec spec) throws InterruptedException {
    List<String> ended = new ArrayList<>();
    Path folder = SocketDirectory.open(context.environment());
    String prefix = prefix(spec);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(".lock")) {
          Files.deleteIfExists(file);
        } else if (end(file)) {
          ended.add(name.substring(prefix.length(), name.length() - ".json".length()));
        }
      }
    } catch (IOException e) {
      throw Failure.of(folder + " cannot be read: " + e.getMessage(), "");
    }
    return ended;
  }

  private static boolean end(Path file) throws InterruptedException {
    Optional<State> state = read(file);
    if (state.isEmpty()) {
      return false;
    }
    boolean alive = state.get().process().isAlive();
    state.get().process().end();
    remove(file, state.get().process());
    return alive;
  }

  /// Removes an announcement, unless another process has written its own since.
  private static void remove(Path file, RunningProcess whose) {
    try {
      if (read(file).filter(state -> state.process().equals(whose)).isPresent()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Its process is gone, so it counts for nothing.
    }
  }

  private record State(RunningProcess process, Announced announced) {}

  private static Optional<State> read(Path file) {
    try {
      Map<String, Object> json = Announced.parse(Files.readString(file));
      return json.get("announced") instanceof Map<?, ?> announced
              && json.get("pid") instanceof Number pid
              && json.get("start") instanceof String start
          ? Announced.of(announced)
              .map(one -> new State(new RunningProcess(pid.longValue(), start), one))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /// A cluster is its name and its Master's host: another file may name another one the same.
  private static String prefix(ClusterSpec spec) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          spec.hosts().getFirst().destination().toString().getBytes(StandardCharsets.UTF_8));
      return PREFIX + spec.name() + "-" + HexFormat.of().formatHex(digest.digest(), 0, 4) + "-";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
