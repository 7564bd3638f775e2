package huddle.ssh;

import huddle.event.Failure;
import huddle.shell.Script;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// This machine, without ssh: scripts run as the operator, in the operator's home.
///
/// @param environment the operator's own; what concerns another Spark or another shell is left out,
///   so that a script finds what it would find after a login
record LocalConnection(String host, Map<String, String> environment) implements Connection {
  private static final Duration DIAL = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Set<String> DROPPED =
      Set.of(
          "BASH_ENV",
          "ENV",
          "HUDDLE_DETACHED",
          "CDPATH",
          "PYTHONHOME",
          "PYTHONPATH",
          "CLASSPATH",
          "JDK_JAVA_OPTIONS",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS");

  /// Ctrl-C in the operator's terminal is for this process, as with any other host: it would end a
  /// script before this process knows why. A session of its own hears nothing of it.
  private static final String APART =
      "if command -v setsid >/dev/null; then exec setsid sh -c \"$0\"; fi; exec sh -c \"$0\"";

  LocalConnection {
    environment = Map.copyOf(environment);
  }

  @Override
  public Output run(Script script, Bytes input, Duration bound) {
    return new ScriptRunner(new Here()).run(script, input, bound);
  }

  @Override
  public Session start(Script script) {
    return new ScriptRunner(new Here()).start(script);
  }

  @Override
  public Channel dial(String address, int port) {
    SocketChannel socket = null;
    try {
      socket = SocketChannel.open();
      socket
          .socket()
          .connect(new InetSocketAddress(address, port), Math.toIntExact(DIAL.toMillis()));
      return Channel.of(socket);
    } catch (IOException e) {
      closeQuietly(socket);
      throw Failure.on(
          host,
          "%s:%d cannot be reached from there: %s".formatted(address, port, e.getMessage()),
          "");
    }
  }

  @Override
  public Channel dialSocket(String path) {
    SocketChannel socket = null;
    try {
      socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      socket.connect(UnixDomainSocketAddress.of(path));
      return Channel.of(socket);
    } catch (IOException | IllegalArgumentException e) {
      closeQuietly(socket);
      throw Failure.on(
          host, "the socket %s cannot be reached there: %s".formatted(path, e.getMessage()), "");
    }
  }

  @Override
  public void close() {}

  private static void closeQuietly(@Nullable SocketChannel socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }

  private final class Here implements Shell {
    @Override
    public String host() {
      return host;
    }

    @Override
    public Process start() throws IOException {
      File home = new File(environment.getOrDefault("HOME", "/"));
      ProcessBuilder builder =
          new ProcessBuilder(List.of("sh", "-c", APART, Bootstrap.PROGRAM))
              .directory(home.isDirectory() ? home : new File("/"));
      builder.environment().clear();
      environment.forEach((name, value) -> {
        if (!isDropped(name)) {
          builder.environment().put(name, value);
        }
      });
      return builder.start();
    }

    @Override
    public Optional<Failure> broken(int exit, boolean began, String stderr) {
      return Optional.empty();
    }

    @Override
    public void end(Process process, String pid) {
      List<ProcessHandle> all =
          Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
      all.forEach(ProcessHandle::destroy);
      boolean interrupted = Thread.interrupted();
      try {
        process.waitFor(GRACE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      all.forEach(ProcessHandle::destroyForcibly);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private static boolean isDropped(String name) {
      return DROPPED.contains(name)
          || Stream.of("SPARK_", "PYSPARK_", "HADOOP_", "YARN_").anyMatch(name::startsWith);
    }
  }
}
