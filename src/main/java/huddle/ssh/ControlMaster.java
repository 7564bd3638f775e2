package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one connection to a host, kept by a background process of ssh for some minutes after its
/// last use, so that the next command finds it.
final class ControlMaster {
  /// Nothing may ask: no terminal prompt (BatchMode) and none of a ProxyJump's own ssh, which would
  /// otherwise open the terminal in the middle of the live lines.
  static final Map<String, String> NO_PROMPTS =
      Map.of("SSH_ASKPASS", "false", "SSH_ASKPASS_REQUIRE", "force");

  private static final Duration QUERY = Duration.ofSeconds(5);
  private static final Duration LOGIN = Duration.ofSeconds(60);
  private static final int TRIES = 4;

  private final String host;
  private final SshClient client;
  private final SshClient.Target target;
  private final Semaphore handshakes;
  private final ReentrantLock lock = new ReentrantLock();

  ControlMaster(String host, SshClient client, SshClient.Target target, Semaphore handshakes) {
    this.host = host;
    this.client = client;
    this.target = target;
    this.handshakes = handshakes;
  }

  /// What [#ensure] did.
  ///
  /// @param reused whether the connection was there already
  /// @param newHostKey the key that was recorded, if this was the first contact
  record Opened(boolean reused, Optional<String> newHostKey) {}

  /// Connects, unless the connection is there.
  Opened ensure() {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    // The file's lock is against another Huddle process: two masters for one socket would leave one
    // in the background that nobody can reach.
    try (FileChannel file =
            FileChannel.open(
                target.sockets().resolve(target.socketName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = lock(file)) {
      if (alive()) {
        return new Opened(true, Optional.empty());
      }
      removeSockets();
      KnownHosts before = KnownHosts.read(client.knownHosts());
      login();
      return new Opened(
          false,
          KnownHosts.read(client.knownHosts())
              .addedSince(before, target.config().knownHostsName()));
    } catch (IOException e) {
      throw Failure.on(host, "ssh's socket folder cannot be used: " + e, "");
    } finally {
      lock.unlock();
    }
  }

  /// Connects, unless there is a socket; whether it works shows with its use.
  void ready() {
    if (!Files.exists(target.socket())) {
      ensure();
    }
  }

  /// Whether the connection stands, as far as the operator's machine knows.
  boolean alive() {
    return query("check");
  }

  /// Ends the connection at once, if there is one.
  void exit() {
    query("exit");
    try {
      removeSockets();
    } catch (IOException e) {
      // The next login removes them.
    }
  }

  /// What a ControlMaster that has ended left: its own socket and those of its forwards.
  private void removeSockets() throws IOException {
    try (DirectoryStream<Path> forwards =
        Files.newDirectoryStream(target.sockets(), target.socketName() + SshClient.FORWARD + "*")) {
      for (Path forward : forwards) {
        Files.deleteIfExists(forward);
      }
    }
    Files.deleteIfExists(target.socket());
  }

  SshClient.Target target() {
    return target;
  }

  private FileLock lock(FileChannel file) throws IOException {
    try {
      while (true) {
        FileLock held = tryLock(file);
        if (held != null) {
          return held;
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another Connectors of this process has it.
      return null;
    }
  }

  /// A process that does not answer is as good as none.
  private boolean query(String request) {
    if (!Files.exists(target.socket())) {
      return false;
    }
    try {
      return new ClientCommand(host, client.control(target, request), Map.of(), target.sockets())
              .run(QUERY)
              .exit()
          == 0;
    } catch (Failure e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return false;
    }
  }

  private void login() {
    for (int attempt = 1; ; attempt++) {
      Output output = handshake(client.master(target));
      if (output.exit() == 0) {
        return;
      }
      if (JumpHostFailure.isSilent(output.stderr())) {
        output = handshake(client.trial(target));
      }
      if (attempt == TRIES || !SshFailure.isTurnedAway(output.stderr())) {
        throw SshFailure.explain(host, target.destination(), output.exit(), output.stderr());
      }
      pause(attempt);
    }
  }

  private Output handshake(List<String> words) {
    try {
      handshakes.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      return new ClientCommand(host, words, NO_PROMPTS, target.sockets()).run(LOGIN);
    } finally {
      handshakes.release();
    }
  }

  /// sshd turns away at random while too many log in at once; so the next try comes at a random
  /// time.
  private void pause(int attempt) {
    try {
      Thread.sleep(200L * attempt + ThreadLocalRandom.current().nextLong(600));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private Failure interrupted() {
    Thread.currentThread().interrupt();
    return Failure.on(host, "connecting was interrupted", "");
  }
}
