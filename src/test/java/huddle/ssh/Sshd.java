package huddle.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A real sshd of the user who runs the tests, on a free port of the loopback, with keys of its
/// own.
public final class Sshd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final int port;
  private final Process process;
  private final List<Connectors> opened = new CopyOnWriteArrayList<>();
  public final List<String> notes = new CopyOnWriteArrayList<>();

  /// Starts one with more lines of configuration; skips the test where there is no sshd.
  public static Sshd start(String... lines) throws Exception {
    return start(List.of(), lines);
  }

  /// @param wrapper words before sshd's own
  static Sshd start(List<String> wrapper, String... lines) throws Exception {
    assumeTrue(
        Files.isExecutable(PROGRAM), "skipped: no /usr/sbin/sshd (apt install openssh-server)");
    assumeTrue(onPath("ssh"), "skipped: no ssh (apt install openssh-client)");
    if (System.getProperty("user.name").equals("root")) {
      // What sshd wants to exist; its package makes it when its service starts.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    // Sockets need a short path.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "hs");
    keygen(folder.resolve("hostkey"));
    keygen(folder.resolve("id"));
    Files.createDirectory(folder.resolve("home"));
    Files.copy(folder.resolve("id.pub"), folder.resolve("authorized_keys"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> conf = new ArrayList<>(List.of(lines));
    conf.addAll(
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "HostKey " + folder.resolve("hostkey"),
            "PidFile none",
            "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin yes",
            "SetEnv HOME=" + folder.resolve("home")));
    Files.write(folder.resolve("conf"), conf);
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(PROGRAM.toString(), "-D", "-e", "-f", folder.resolve("conf").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Sshd sshd = new Sshd(folder, port, process);
    sshd.awaitPort();
    return sshd;
  }

  private Sshd(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  private void awaitPort() throws Exception {
    while (process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        Thread.sleep(10);
      }
    }
    throw new AssertionError("sshd ended: " + log());
  }

  static void keygen(Path file) throws Exception {
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
            .inheritIO()
            .start();
    if (keygen.waitFor() != 0) {
      throw new AssertionError("ssh-keygen failed");
    }
  }

  static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  public Path folder() {
    return folder;
  }

  /// HOME of what runs in a login.
  public Path home() {
    return folder.resolve("home");
  }

  public int port() {
    return port;
  }

  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /// How many logins it has accepted.
  long logins() throws IOException {
    return log().lines().filter(line -> line.contains("Accepted ")).count();
  }

  public Destination destination() {
    return destination(folder.resolve("id"));
  }

  Destination destination(Path identity) {
    return new Destination(
        "127.0.0.1", Optional.empty(), OptionalInt.of(port), Optional.of(identity.toString()));
  }

  SshClient client(String... extraOptions) {
    List<String> options = new ArrayList<>(List.of("-F", "none"));
    options.addAll(List.of(extraOptions));
    return new SshClient("ssh", knownHosts(), options);
  }

  /// Connectors of their own known_hosts and () -> SocketDirectory.secured(folder.resolve("s")),
  /// ended with this sshd.
  public Connectors connectors() {
    return connectors(client());
  }

  Connectors connectors(SshClient client) {
    Connectors connectors =
        new Connectors(
            client,
            Map.of("HOME", home().toString()),
            () -> SocketDirectory.secured(folder.resolve("s")),
            e -> notes.add(e.toString()));
    opened.add(connectors);
    return connectors;
  }

  @Override
  public void close() throws IOException {
    opened.forEach(Connectors::closeAll);
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(Sshd::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
