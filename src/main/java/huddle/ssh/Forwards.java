package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one connection has forwarded: for each target a Unix socket in the private folder, which
/// the ControlMaster listens on. A connection to it costs no process. The ControlMaster makes the
/// socket with mode 0600; it may end at any time, and then the next connection forwards anew.
final class Forwards implements AutoCloseable {
  /// What a path may hold so that ssh takes it as it is: neither its separators nor its tokens.
  private static final String PLAIN = "/[^:%$\\\\\\p{Cntrl}]*";

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String host;
  private final SshClient client;
  private final ControlMaster master;
  private final Map<String, Forward> forwards = new ConcurrentHashMap<>();

  Forwards(String host, SshClient client, ControlMaster master) {
    this.host = host;
    this.client = client;
    this.master = master;
  }

  static boolean isPlain(String path) {
    return path.matches(PLAIN);
  }

  /// Connects to a target, `ADDRESS:PORT` or a path, as `ssh -L` takes it; empty if ssh forwards no
  /// local socket to it.
  Optional<SocketChannel> connect(String target) {
    return forwards.computeIfAbsent(target, Forward::new).connect();
  }

  /// Ends the forwards and removes their sockets.
  @Override
  public void close() {
    forwards.values().forEach(Forward::cancel);
    forwards.clear();
  }

  private final class Forward {
    private final String target;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Path local;

    Forward(String target) {
      this.target = target;
    }

    Optional<SocketChannel> connect() {
      master.ready();
      Path socket = made(null);
      for (int attempt = 1; socket != null; attempt++) {
        try {
          return Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
          if (attempt == 3) {
            throw Failure.on(host, "ssh's socket " + socket + " cannot be used: " + e, "");
          }
          // The ControlMaster that listened on it has ended.
          socket = made(socket);
        }
      }
      return Optional.empty();
    }

    /// The socket, which is another one than what did not work; null if ssh refuses.
    private @Nullable Path made(@Nullable Path broken) {
      lock.lock();
      try {
        if (local != null && !local.equals(broken)) {
          return local;
        }
        discard();
        if (broken != null) {
          master.ensure();
        }
        local = request();
        if (local == null && !master.alive()) {
          master.ensure();
          local = request();
        }
        return local;
      } finally {
        lock.unlock();
      }
    }

    private @Nullable Path request() {
      byte[] name = new byte[5];
      RANDOM.nextBytes(name);
      Path socket = master.target().forward(HexFormat.of().formatHex(name));
      return isPlain(socket.toString()) && tell("forward", socket) ? socket : null;
    }

    private boolean tell(String request, Path socket) {
      return new ClientCommand(
                  host,
                  client.forward(master.target(), request, socket, target),
                  Map.of(),
                  master.target().sockets())
              .run(BOUND)
              .exit()
          == 0;
    }

    void cancel() {
      lock.lock();
      try {
        if (local != null && Files.exists(master.target().socket())) {
          tell("cancel", local);
        }
        discard();
      } catch (Failure e) {
        // It ends with its ControlMaster.
      } finally {
        lock.unlock();
      }
    }

    private void discard() {
      try {
        if (local != null) {
          Files.deleteIfExists(local);
        }
      } catch (IOException e) {
        // The next login removes it.
      }
      local = null;
    }
  }
}
