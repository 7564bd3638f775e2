package huddle.ssh;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.shell.Script;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host over the system's OpenSSH client: each script is a session of its ControlMaster.
final class OpenSshConnection implements Connection {
  private static final Script HELLO = new Script("login", ":", Map.of());
  private static final Duration HELLO_BOUND = Duration.ofSeconds(30);
  private static final Duration END_BOUND = Duration.ofSeconds(5);
  private static final Script END =
      new Script(
          "end",
          """
          kill -s TERM -- "-$pid" 2>/dev/null || kill -s TERM "$pid" 2>/dev/null || exit 0
          for i in 1 2 3 4 5; do
            kill -0 "$pid" 2>/dev/null || exit 0
            sleep 0.2 2>/dev/null || sleep 1
          done
          kill -s KILL -- "-$pid" 2>/dev/null || kill -s KILL "$pid" 2>/dev/null
          exit 0
          """,
          Map.of());

  private static final Script SOCKET =
      new Script(
          "socket",
          """
          if [ -S "$path" ]; then
            if [ -w "$path" ]; then
              echo "nothing answers on it, or sshd forbids it (AllowStreamLocalForwarding)"
            else
              echo "it is another login's"
            fi
          elif [ -e "$path" ]; then
            echo "it is no socket"
          else
            echo "there is none"
          fi
          """,
          Map.of());

  private final String host;
  private final SshClient client;
  private final ControlMaster master;
  private final Forwards forwards;
  private final ScriptRunner runner;
  private final Optional<String> newHostKey;

  private OpenSshConnection(
      String host, SshClient client, ControlMaster master, Optional<String> newHostKey) {
    this.host = host;
    this.client = client;
    this.master = master;
    this.newHostKey = newHostKey;
    this.forwards = new Forwards(host, client, master);
    this.runner = new ScriptRunner(new OverSsh(true));
  }

  /// Logs in, or joins the connection there is, and sees a script run.
  static OpenSshConnection open(String host, SshClient client, ControlMaster master) {
    ControlMaster.Opened opened = master.ensure();
    OpenSshConnection connection = new OpenSshConnection(host, client, master, opened.newHostKey());
    try {
      connection.run(HELLO, HELLO_BOUND);
    } catch (Failure e) {
      if (!opened.reused() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      // The host may have gone and come back since: what counts is a connection of now.
      master.exit();
      master.ensure();
      connection.run(HELLO, HELLO_BOUND);
    }
    return connection;
  }

  /// The key that was recorded when it connected, as `ED25519 SHA256:…`, if it was the first
  /// contact.
  Optional<String> newHostKey() {
    return newHostKey;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public Output run(Script script, Bytes input, Duration bound) {
    return runner.run(script, input, bound);
  }

  @Override
  public Session start(Script script) {
    return runner.start(script);
  }

  @Override
  public Channel dial(String address, int port) {
    Optional<SocketChannel> socket = forwards.connect(SshClient.address(address, port));
    if (socket.isPresent()) {
      return new Dialed(socket.get(), () -> refusal(address, port));
    }
    try {
      Process process = process(client.dial(master.target(), address, port));
      return new ProcessChannel(process, host, address + ":" + port);
    } catch (IOException e) {
      throw SshFailure.notStarted(host, e);
    }
  }

  @Override
  public Channel dialSocket(String path) {
    if (!Forwards.isPlain(path)) {
      throw Failure.on(
          host,
          "ssh does not forward to a socket of this name: " + Printable.line(path),
          "choose a root without colon, percent and dollar signs");
    }
    SocketChannel socket =
        forwards
            .connect(path)
            .orElseThrow(() ->
                Failure.on(
                    host, "ssh refuses to forward a socket", "try it by hand: ssh -L, " + host));
    return new Dialed(socket, () -> socketRefusal(path));
  }

  /// Tries the address once more by a process of ssh, whose exit code tells; the reason stays with
  /// the ControlMaster.
  private Optional<String> refusal(String address, int port) {
    try {
      Output output =
          new ClientCommand(
                  host,
                  client.dial(master.target(), address, port),
                  ControlMaster.NO_PROMPTS,
                  master.target().sockets())
              .run(END_BOUND);
      return output.exit() == 0
          ? Optional.empty()
          : Optional.of(
              ("%s: %s:%d cannot be reached from there: nothing answers, or its sshd forbids it"
                      + " (AllowTcpForwarding)")
                  .formatted(host, address, port));
    } catch (Failure e) {
      // It was let in, and then kept waiting.
      return Optional.empty();
    }
  }

  private Optional<String> socketRefusal(String path) {
    String why;
    try {
      Output output = run(SOCKET.with("path", path), END_BOUND);
      why = output.stdout().strip();
    } catch (Failure e) {
      why = e.what();
    }
    return Optional.of(
        "%s: the socket %s cannot be reached there: %s"
            .formatted(host, Printable.line(path), Printable.line(why)));
  }

  /// Leaves the connection to its ControlMaster, for the next command; what it forwarded ends.
  @Override
  public void close() {
    forwards.close();
  }

  private static Process process(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(ControlMaster.NO_PROMPTS);
    return builder.start();
  }

  private final class OverSsh implements Shell {
    private final boolean endsThere;

    /// @param endsThere whether what is given up is ended on the host too
    OverSsh(boolean endsThere) {
      this.endsThere = endsThere;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public Process start() throws IOException {
      master.ready();
      return process(client.script(master.target()));
    }

    /// ssh's own failures end with 255, as a script may; but then the connection still stands.
    @Override
    public Optional<Failure> broken(int exit, boolean began, String stderr) {
      return exit != 255 || (began && master.alive())
          ? Optional.empty()
          : Optional.of(SshFailure.explain(host, master.target().destination(), exit, stderr));
    }

    @Override
    public void end(Process process, String pid) {
      process.destroyForcibly();
      boolean interrupted = Thread.interrupted();
      try {
        if (endsThere && pid.matches("[1-9][0-9]*") && master.alive()) {
          new ScriptRunner(new OverSsh(false)).run(END.with("pid", pid), Bytes.NONE, END_BOUND);
        }
      } catch (Failure e) {
        // The host is out of reach, which ends the script's streams as well.
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
