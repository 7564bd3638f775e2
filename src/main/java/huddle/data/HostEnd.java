package huddle.data;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The program of `push` that runs on one host, and talks in lines of JSON.
final class HostEnd implements AutoCloseable {
  private static final int LONGEST_LINE = 16 << 20;
  private static final Duration ERRORS = Duration.ofSeconds(5);

  private final String host;
  private final Connection.Session session;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Thread errorReader;

  private HostEnd(String host, Connection.Session session) {
    this.host = host;
    this.session = session;
    this.errorReader =
        Thread.ofPlatform().daemon().name("huddle-push-errors").unstarted(this::readErrors);
  }

  /// Starts it and says what it is to do.
  ///
  /// @param root the cluster's folder there, as in the file
  static HostEnd start(Connection connection, String root, Map<String, Object> asked) {
    Script script =
        Script.resource(HostEnd.class, "push")
            .with("ROOT", root)
            .with("PROGRAM", Script.text(HostEnd.class, "push.py"));
    HostEnd end = new HostEnd(connection.host(), connection.start(script));
    // Platform threads: a read of a process's pipe blocks its carrier.
    Thread.ofPlatform().daemon().name("huddle-push").start(end::readLines);
    end.errorReader.start();
    end.say(asked);
    return end;
  }

  String host() {
    return host;
  }

  OutputStream input() {
    return session.stdin();
  }

  void say(Map<String, Object> words) {
    try {
      session.stdin().write((JSON.std.asString(words) + "\n").getBytes(StandardCharsets.UTF_8));
      session.stdin().flush();
    } catch (IOException e) {
      // Its last line, or the lack of one, says more.
    }
  }

  /// Its next line.
  ///
  /// @throws Failure if it says what is wrong, or nothing in time
  Map<String, Object> hear(String awaited, Duration bound) {
    try {
      String line = lines.poll(bound.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw Failure.on(
            host,
            "no word of %s after %d s".formatted(awaited, bound.toSeconds()),
            "see whether the host is overloaded or hangs on a disk, then push again");
      }
      if (line.isEmpty()) {
        throw broke();
      }
      Map<String, Object> words = JSON.std.mapFrom(line);
      if (words.get("failed") instanceof String why) {
        throw Failure.on(host, why, "");
      }
      return words;
    } catch (IOException e) {
      throw Failure.on(host, "it answers what makes no sense", "push again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.on(host, "it was interrupted", "");
    }
  }

  private Failure broke() throws InterruptedException {
    // Standard output may end before all of standard error, which says why, was read.
    errorReader.join(ERRORS);
    String text;
    synchronized (errors) {
      text = errors.toString(StandardCharsets.UTF_8).strip();
    }
    String last = text.substring(text.lastIndexOf('\n') + 1);
    return new Failure(
        host,
        last.isEmpty() ? "the connection broke off" : last,
        last.contains("not installed") ? "run `huddle up`" : "push again",
        text);
  }

  static Optional<Long> number(Map<String, Object> words, String key) {
    return words.get(key) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  private void readLines() {
    try (InputStream in = session.stdout()) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0 && line.size() < LONGEST_LINE; b = in.read()) {
        if (b == '\n') {
          lines.add(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    } catch (IOException e) {
      // Closed; the end is said below.
    }
    lines.add("");
  }

  private void readErrors() {
    byte[] buffer = new byte[4096];
    try (InputStream in = session.stderr()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (errors) {
          if (errors.size() < 1 << 16) {
            errors.write(buffer, 0, n);
          }
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
