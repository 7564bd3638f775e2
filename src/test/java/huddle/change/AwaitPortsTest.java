package huddle.change;

import static huddle.change.HostShell.await;
import static huddle.change.HostShell.hurried;
import static huddle.change.HostShell.isAlive;
import static huddle.change.HostShell.stat;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.shell.Script;
import huddle.ssh.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Waiting until a daemon itself listens on the ports it was given.
class AwaitPortsTest {
  @TempDir private Path folder;
  private Path root;
  private Path log;

  @BeforeEach
  void make() throws IOException {
    root = folder.toRealPath().resolve("home of o'neill");
    Files.createDirectories(root.resolve("run"));
    log = Files.createDirectories(root.resolve("logs")).resolve("worker.log");
    Files.writeString(log, "started\n");
  }

  private Output awaited(String shell, long pid, Set<Integer> ports, int seconds)
      throws IOException, InterruptedException {
    return awaited(shell, pid, ports, "", seconds);
  }

  private Output awaited(String shell, long pid, Set<Integer> ports, String socket, int seconds)
      throws IOException, InterruptedException {
    if (isAlive(pid)) {
      Files.writeString(
          root.resolve("run/worker"), "pid=%d\nstart=%s\ndigest=x\n".formatted(pid, stat(pid, 22)));
    }
    Script script =
        Script.resource(Change.class, "await-ports")
            .with("ROOT", root.toString())
            .with("ROLE", "worker")
            .with("PORTS", ports.stream().map(String::valueOf).collect(Collectors.joining(" ")))
            .with("SOCKET", socket)
            .with("ONLY", socket.isEmpty() ? "yes" : "")
            .with("SECONDS_LEFT", Integer.toString(seconds));
    return new HostShell(shell, folder).run(hurried(script));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aDaemonIsThereOnceItListensOnItsPorts(String shell) throws Exception {
    // This JVM stands in for the daemon: it listens.
    long me = ProcessHandle.current().pid();
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0)) {
      Set<Integer> ports = Set.of(one.getLocalPort(), two.getLocalPort());
      assertThat(awaited(shell, me, ports, 5)).isEqualTo(new Output(0, "", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aSocketCountsOnceTheDaemonItselfListensOnIt(String shell) throws Exception {
    long me = ProcessHandle.current().pid();
    // Short, for a socket's path holds about a hundred bytes.
    Path path = Path.of("/tmp/huddle-await-" + me + "-" + shell.length());
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(path));
      assertThat(awaited(shell, me, Set.of(), path.toString(), 5)).isEqualTo(new Output(0, "", ""));
    }
    try {
      // The file is still there, and nobody listens.
      assertThat(awaited(shell, me, Set.of(), path.toString(), 1).stderr())
          .contains("the worker does not listen on " + path + " after 1 s");
    } finally {
      Files.delete(path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aDaemonThatListensElsewhereIsSaid(String shell) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    long me = ProcessHandle.current().pid();
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      assertThat(awaited(shell, me, Set.of(one.getLocalPort(), free), 60).stderr())
          .contains("the worker listens on")
          .contains(" " + two.getLocalPort())
          .endsWith("something else has its port; its log: " + log + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aDaemonThatNeverListensOrEndsIsSaidWithItsLog(String shell) throws Exception {
    Process daemon = new ProcessBuilder("sleep", "1000").start();
    try {
      Output late = awaited(shell, daemon.pid(), Set.of(7078, 8081), 1);
      assertThat(late.exit()).isEqualTo(1);
      assertThat(late.stderr()).startsWith("started\n").contains("after 1 s; its log: ");
    } finally {
      daemon.destroyForcibly();
    }
    await("its end", () -> !isAlive(daemon.pid()));
    Files.writeString(log, "INFO\nException in thread \"main\": no such host\nINFO\n");

    Output ended = awaited(shell, daemon.pid(), Set.of(7078, 8081), 60);

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.stderr().strip().lines().toList().getLast())
        .isEqualTo(
            "the worker ended at its start: Exception in thread \"main\": no such host; its log: "
                + log);
  }
}
