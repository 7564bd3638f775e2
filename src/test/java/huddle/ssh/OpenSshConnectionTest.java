package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Against a real sshd and the system's ssh.
class OpenSshConnectionTest extends ConnectionContract {
  private static Sshd sshd;
  private static Connectors connectors;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
    connectors = sshd.connectors();
    // Whatever its start-up files print, a script's output is its own.
    Files.writeString(
        sshd.home().resolve(".bashrc"), "echo Welcome; echo news >&2; printf 'no line end'\n");
  }

  @AfterAll
  static void stop() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
  }

  @Override
  Connection connection() {
    return connectors.connect("worker.one", sshd.destination());
  }

  private static Failure refused(Connectors connectors, Destination destination) {
    return catchThrowableOfType(Failure.class, () -> connectors.connect("worker.one", destination));
  }

  @Test
  void oneLoginServesEveryScriptAndTheNextCommand() throws Exception {
    Connection connection = connection();
    long logins = sshd.logins();
    connection.run(script(":"), BOUND);
    connection.run(script(":"), BOUND);
    connection.close();
    sshd.connectors().connect("worker.one", sshd.destination()).run(script(":"), BOUND);
    assertThat(sshd.logins()).isEqualTo(logins);
  }

  @Test
  void aConnectionThatWasEndedIsMadeAnew() throws Exception {
    Connection connection = connection();
    connectors.closeAll();
    assertThat(connection.run(script("echo back"), BOUND).stdout()).isEqualTo("back\n");
  }

  @Test
  void aFirstContactIsShownAndRecorded() throws Exception {
    try (Sshd other = Sshd.start()) {
      other.connectors().connect("worker.one", other.destination());
      other.connectors().connect("worker.one", other.destination());
      assertThat(other.notes)
          .singleElement()
          .asString()
          .contains("first contact", "ED25519 SHA256:");
      assertThat(Files.readString(other.knownHosts())).startsWith("[127.0.0.1]:" + other.port());
    }
  }

  @Test
  void aChangedHostKeyStopsEverything() throws Exception {
    try (Sshd other = Sshd.start()) {
      Files.writeString(
          other.knownHosts(),
          "# cluster\n[127.0.0.1]:%d %s"
              .formatted(other.port(), Files.readString(sshd.folder().resolve("hostkey.pub"))));
      // Even an operator who switched the check off is not let through.
      Connectors careless = other.connectors(other.client("-o", "StrictHostKeyChecking=no"));
      Failure failure = refused(careless, other.destination());
      assertThat(failure.what())
          .matches(
              "its host key has changed: it showed ED25519 SHA256:\\S{43}, but line 2 of \\S+/known_hosts holds another one");
      assertThat(failure.remedy())
          .contains("ssh-keygen -f", "-R \"[127.0.0.1]:%d\"".formatted(other.port()));
      assertThat(other.logins()).isZero();
    }
  }

  @Test
  void anOperatorWhoWantsKeysKnownBeforehandIsObeyed() throws Exception {
    try (Sshd other = Sshd.start()) {
      Connectors strict = other.connectors(other.client("-o", "StrictHostKeyChecking=yes"));
      assertThat(refused(strict, other.destination()).what())
          .isEqualTo(
              "its host key is unknown, and your ssh configuration wants it known beforehand");
    }
  }

  @Test
  void aKeyThatIsNotAcceptedIsRefused() throws Exception {
    Path key = temporary.resolve("key");
    Sshd.keygen(key);
    Failure failure = refused(connectors, sshd.destination(key));
    assertThat(failure.host()).contains("worker.one");
    assertThat(failure.what()).contains("none of your keys is accepted (it takes: publickey)");
    assertThat(SshFailure.takesPassword(failure)).isFalse();
  }

  @Test
  void aNameThatDoesNotResolveAndAPortThatIsClosed() throws Exception {
    assertThat(
            refused(
                    connectors,
                    new Destination(
                        "nosuch.invalid", Optional.empty(), OptionalInt.empty(), Optional.empty()))
                .what())
        .isEqualTo("the name nosuch.invalid does not resolve");
    assertThat(
            refused(
                    connectors,
                    new Destination(
                        "127.0.0.1", Optional.empty(), OptionalInt.of(1), Optional.empty()))
                .what())
        .isEqualTo("127.0.0.1 refuses connections on port 1");
  }

  @Test
  void aLoginShellThatRunsNothingIsQuoted() throws Exception {
    try (Sshd other = Sshd.start("ForceCommand echo This account is closed.")) {
      assertThat(refused(other.connectors(), other.destination()).what())
          .isEqualTo("the login shell did not run a command but printed: This account is closed.");
    }
  }

  @Test
  void aMissingClientIsNamed() throws Exception {
    SshClient none = new SshClient("/nonexistent/ssh", sshd.knownHosts(), List.of());
    assertThat(refused(sshd.connectors(none), sshd.destination()).what())
        .isEqualTo("this machine has no ssh client");
  }

  @Test
  void moreSessionsThanOneConnectionTakes() throws Exception {
    try (Sshd narrow = Sshd.start("MaxSessions 1")) {
      Connection connection = narrow.connectors().connect("worker.one", narrow.destination());
      try (Connection.Session _ = connection.start(script("cat"))) {
        assertThat(connection.run(script("echo beside"), BOUND))
            .extracting(Output::exit, Output::stdout)
            .containsExactly(0, "beside\n");
      }
    }
  }

  @Test
  void aConnectionThatBreaksMidwayIsAFailureNotAnExitCode() throws Exception {
    try (Sshd other = Sshd.start()) {
      Connection connection = other.connectors().connect("worker.one", other.destination());
      Failure failure =
          catchThrowableOfType(
              Failure.class,
              // The parent of a session's shell is the sshd of this connection.
              () -> connection.run(script("echo begun; kill -9 $PPID; sleep 5"), BOUND));
      assertThat(failure.what()).contains("broke");
      assertThat(connection.run(script("echo again"), Duration.ofSeconds(20)).stdout())
          .isEqualTo("again\n");
    }
  }

  @Test
  void aJumpHostThatFailsIsNamed() throws Exception {
    Connectors over = sshd.connectors(sshd.client("-o", "ProxyJump=nosuch.invalid"));
    Failure failure = refused(over, sshd.destination());
    assertThat(failure.what())
        .isEqualTo(
            "its jump host: ssh: Could not resolve hostname nosuch.invalid: Name or service not known");
  }

  @Test
  void theTerminalsCommandLineUsesTheSameConnection() throws Exception {
    connection();
    long logins = sshd.logins();
    List<String> words = new ArrayList<>(connectors.interactive("worker.one", sshd.destination()));
    words.add("exit 4");
    assertThat(new ProcessBuilder(words).start().waitFor()).isEqualTo(4);
    assertThat(sshd.logins()).isEqualTo(logins);
    assertThat(words).doesNotContain("BatchMode=yes").containsSubsequence("--", "127.0.0.1");
  }

  @Test
  void thisMachineNeedsNoSsh() throws Exception {
    Connection local =
        connectors.connect(
            "localhost",
            new Destination("localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()));
    assertThat(local.run(script("echo ${SSH_CONNECTION-none}"), BOUND).stdout())
        .isEqualTo("none\n");
  }

  @Test
  void theOperatorsConfigurationCounts() throws Exception {
    Path config = temporary.resolve("config");
    Files.writeString(
        config,
        """
        Host worker.*
          HostName 127.0.0.1
          Port %d
          IdentityFile %s
          IdentitiesOnly yes
          HostKeyAlias penguin
          RemoteCommand false
          RequestTTY force
          ControlMaster auto
          ControlPath %s/own
        """
            .formatted(sshd.port(), sshd.folder().resolve("id"), temporary));
    Path knownHosts = temporary.resolve("new folder/known_hosts");
    SshClient client = SshClient.system(knownHosts, Map.of("HUDDLE_SSH_CONFIG", config.toString()));
    Destination alias =
        new Destination("worker.one", Optional.empty(), OptionalInt.empty(), Optional.empty());
    assertThat(
            sshd.connectors(client)
                .connect("worker.one", alias)
                .run(script("echo in; tty"), BOUND)
                .stdout())
        .isEqualTo("in\nnot a tty\n");
    assertThat(knownHosts).content().startsWith("penguin ssh-ed25519 ");
    assertThat(temporary.resolve("own")).doesNotExist();
  }

  @Test
  void aSshdThatTurnsAwayIsTriedAgain() throws Exception {
    try (Sshd busy = Sshd.start("MaxStartups 1:100:1")) {
      var connecting = new CompletableFuture<Connection>();
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), busy.port())) {
        Thread.ofVirtual()
            .start(() ->
                connecting.complete(busy.connectors().connect("worker.one", busy.destination())));
        while (!busy.log().contains("drop connection")) {
          Thread.sleep(10);
        }
      }
      assertThat(connecting.get().run(script("echo in"), BOUND).stdout()).isEqualTo("in\n");
    }
  }

  private static List<Path> forwards() throws Exception {
    try (Stream<Path> files = Files.list(sshd.folder().resolve("s"))) {
      return files.filter(file -> file.getFileName().toString().contains(".f")).toList();
    }
  }

  private static void echo(Connection connection, int port) throws Exception {
    try (Connection.Channel channel = connection.dial("127.0.0.1", port)) {
      channel.out().write("SSH-2.0-probe\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(channel.in().read()).isEqualTo('S');
    }
  }

  @Test
  void oneForwardServesManyDialsAndGoesWithTheConnection() throws Exception {
    Connection connection = connection();
    List<Path> before = forwards();
    echo(connection, sshd.port());
    echo(connection, sshd.port());
    List<Path> made = new ArrayList<>(forwards());
    made.removeAll(before);
    assertThat(made).hasSize(1);
    assertThat(Files.getPosixFilePermissions(made.getFirst()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(ProcessHandle.current().children())
        .noneMatch(child -> child.info().command().orElse("").endsWith("/ssh"));
    connection.close();
    assertThat(forwards()).doesNotContainAnyElementsOf(made);
  }

  @Test
  void aForwardIsMadeAnewWhenItsConnectionHasEnded() throws Exception {
    Connection connection = connection();
    echo(connection, sshd.port());
    connectors.closeAll();
    assertThat(forwards()).isEmpty();
    echo(connection, sshd.port());
    // One whose ControlMaster was killed leaves its sockets behind.
    for (ProcessHandle master : controlMasters()) {
      master.destroyForcibly();
      master.onExit().get();
    }
    echo(connection, sshd.port());
    connection.close();
    assertThat(forwards()).isEmpty();
  }

  /// Whose command line names this test's folder of sockets.
  private static List<ProcessHandle> controlMasters() {
    String folder = sshd.folder().resolve("s").toString();
    List<ProcessHandle> masters =
        ProcessHandle.allProcesses()
            .filter(process ->
                process.info().commandLine().filter(line -> line.contains(folder)).isPresent())
            .toList();
    assertThat(masters).isNotEmpty();
    return masters;
  }

  @Test
  void dialsWhereTheFolderOfSocketsIsNoneForSsh() throws Exception {
    Path odd = Files.createDirectory(sshd.folder().resolve("a$b"));
    Connectors connectors =
        new Connectors(
            sshd.client(), Map.of(), () -> SocketDirectory.secured(odd.resolve("s")), _ -> {});
    try (Connection connection = connectors.connect("worker.one", sshd.destination())) {
      echo(connection, sshd.port());
    } finally {
      connectors.closeAll();
    }
  }

  @Test
  void aHostThatForbidsForwardsSaysSo() throws Exception {
    try (Sshd strict = Sshd.start("DisableForwarding yes")) {
      Connection connection = strict.connectors().connect("worker.one", strict.destination());
      Path path = temporary.resolve("sock");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        assertThatThrownBy(
                () -> {
                  try (Connection.Channel channel = connection.dialSocket(path.toString())) {
                    channel.in().read();
                  }
                })
            .hasMessageContaining("sshd forbids it (AllowStreamLocalForwarding)");
      }
      assertThatThrownBy(() -> echo(connection, strict.port()))
          .hasMessageContaining("cannot be reached from there: ")
          .hasMessageContaining("its sshd forbids it (AllowTcpForwarding)");
    }
  }
}
