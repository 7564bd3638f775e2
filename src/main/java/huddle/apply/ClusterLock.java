package huddle.apply;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.shell.Script;
import huddle.ssh.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Keeps two operators apart: a folder `lock` in the cluster's folder on the Master's host, held by
/// a running script there. The lock goes when this object is closed, when this process dies,
/// however it dies, and 60 to 120 s after its last sign of life where even that was not seen.
public final class ClusterLock implements AutoCloseable {
  private static final Duration RELEASE = Duration.ofSeconds(10);
  private static final Timing TIMING = new Timing(Duration.ofSeconds(10), 3);
  private static final String STALE_MINUTES = "1";
  private static final int ANSWER_LIMIT = 4_000;

  private final String host;
  private final Connection.Session session;
  private final Optional<String> takenFrom;
  private final Thread beats;
  private final Thread ends;
  private volatile boolean lost;
  private volatile boolean closing;

  /// Who holds a lock.
  ///
  /// @param who as in `ada@laptop`
  /// @param command what they run, as in `huddle up`
  public record Holder(String who, String command, Instant since) {
    private String line() {
      return String.join(
          "\t",
          UUID.randomUUID().toString(),
          Printable.line(who).replace('\t', ' '),
          Printable.line(command).replace('\t', ' '),
          since.toString());
    }
  }

  /// @param beat how often the holder shows that it lives
  /// @param patience seconds that a taker waits for a lock whose holder may just be ending
  record Timing(Duration beat, int patience) {}

  /// Takes the lock; throws [Failure] if another holds it, naming who and since when, or if the
  /// cluster's folder cannot be written.
  ///
  /// @param connection to the Master's host
  /// @param root the cluster's folder there; a leading `~/` is the login's home; made if need be,
  ///   and removed again with the lock if it was and is still empty
  public static ClusterLock take(Connection connection, String root, Holder holder) {
    return take(connection, root, holder, TIMING);
  }

  static ClusterLock take(Connection connection, String root, Holder holder, Timing timing) {
    Script script =
        Script.resource(ClusterLock.class, "cluster-lock")
            .with("root", root)
            .with("me", holder.line())
            .with("stale", STALE_MINUTES)
            .with("patience", Integer.toString(timing.patience()));
    Connection.Session session = connection.start(script);
    String host = connection.host();
    try {
      List<String> answer = List.of(firstLine(session).split("\t", 5));
      return switch (answer.getFirst()) {
        case "held" ->
            new ClusterLock(
                host,
                session,
                answer.size() > 1 ? Optional.of(said(answer)) : Optional.empty(),
                timing.beat());
        case "busy" ->
            throw Failure.on(
                host,
                "the cluster is being worked on by " + said(answer),
                "wait until that is done; if it was cut off, its lock is free in two minutes");
        case "foreign" ->
            throw Failure.on(
                host,
                "the root %s holds files that are not Huddle's (%s)"
                    .formatted(root, answer.size() < 2 ? "?" : Printable.line(answer.get(1))),
                "name another folder with root: in the file");
        default -> throw notTaken(host, root, session);
      };
    } catch (IOException e) {
      session.close();
      throw Failure.on(host, "the cluster's lock could not be taken: " + e.getMessage(), "");
    } catch (Failure e) {
      session.close();
      throw e;
    }
  }

  private ClusterLock(
      String host, Connection.Session session, Optional<String> takenFrom, Duration beat) {
    this.host = host;
    this.session = session;
    this.takenFrom = takenFrom;
    this.beats = Thread.ofVirtual().name("huddle-lock").start(() -> keepBeating(beat));
    this.ends = Thread.ofVirtual().name("huddle-lock-end").start(this::awaitEnd);
  }

  /// Whose lock it was, if it had been left lying.
  public Optional<String> takenFrom() {
    return takenFrom;
  }

  /// Throws [Failure] if the lock was lost: the connection broke, or another operator took it over
  /// because this machine slept. To be asked before anything that must not happen twice.
  public void verify() {
    if (lost) {
      throw Failure.on(
          host,
          "the cluster's lock was lost, because the connection broke or this machine slept",
          "run the command again; it continues where this one stopped");
    }
  }

  /// Gives the lock back. Does not fail, whatever has become of the host or the folder.
  @Override
  public void close() {
    closing = true;
    beats.interrupt();
    // After Ctrl-C too, the lock and what was made for it are gone before this command is.
    boolean interrupted = Thread.interrupted();
    try {
      session.stdin().close();
      ends.join(RELEASE);
    } catch (IOException e) {
      // The connection is gone, and the lock with it.
    } catch (InterruptedException e) {
      interrupted = true;
    }
    session.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepBeating(Duration beat) {
    try {
      while (true) {
        Thread.sleep(beat);
        session.stdin().write('\n');
        session.stdin().flush();
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (IOException e) {
      lost |= !closing;
    }
  }

  private void awaitEnd() {
    try {
      session.exit();
      lost |= !closing;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String firstLine(Connection.Session session) throws IOException {
    StringBuilder line = new StringBuilder();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(session.stdout(), StandardCharsets.UTF_8));
    for (int c = reader.read();
        c >= 0 && c != '\n' && line.length() < ANSWER_LIMIT;
        c = reader.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /// What a lock's line says, as in `ada@laptop (huddle up, since 2026-01-02T03:04:05Z)`.
  private static String said(List<String> answer) {
    return answer.size() < 5
        ? "another operator"
        : Printable.line(
            "%s (%s, since %s)".formatted(answer.get(2), answer.get(3), answer.get(4)));
  }

  private static Failure notTaken(String host, String root, Connection.Session session)
      throws IOException {
    String stderr =
        new String(session.stderr().readNBytes(ANSWER_LIMIT), StandardCharsets.UTF_8).strip();
    return Failure.on(
        host,
        "the cluster's folder %s cannot be written%s"
            .formatted(root, stderr.isEmpty() ? "" : ": " + stderr),
        "name another folder with root: in the file, or make this one yours");
  }
}
