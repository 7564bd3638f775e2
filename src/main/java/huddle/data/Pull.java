package huddle.data;

import huddle.artifact.Unpacking;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Brings a file or folder of a host to this machine.
public final class Pull {
  private static final int LONGEST_LINE = 64;

  private final Connection connection;
  private final String data;
  private final Events events;

  /// @param data the folder on the host that relative paths start from
  public Pull(Connection connection, String data, Events events) {
    this.connection = connection;
    this.data = data;
    this.events = events;
  }

  /// Brings it; where it is now.
  ///
  /// @param name absolute, or below the data folder
  /// @param to folder of this machine that it comes into
  public Path run(String name, Path to) throws InterruptedException {
    String stripped = name.replaceFirst("/+$", "");
    String last = stripped.substring(stripped.lastIndexOf('/') + 1);
    Path place = last.equals(".") || last.isEmpty() ? to : to.resolve(last);
    String host = connection.host();
    long started = System.nanoTime();
    events.report(new Event.ChangeStarted(host, "pull", name));
    Script script = Script.resource(Pull.class, "pull").with("DATA", data).with("NAME", name);
    try (Connection.Session session = connection.start(script)) {
      Errors errors = Errors.of(session.stderr());
      InputStream in = session.stdout();
      String kind = line(in);
      if (!kind.equals("file") && !kind.equals("folder")) {
        session.exit();
        throw Failure.on(
            host, errors.last(), "see what is there: `huddle exec -- ls -l " + data + "`");
      }
      boolean folder = kind.equals("folder");
      Files.createDirectories(folder ? place : to);
      Unpacking.Unpacked unpacked =
          Unpacking.into(
              folder ? place : to,
              host,
              in,
              (text, done, total) ->
                  events.report(new Event.ChangeProgress(host, "pull", name, done, total)));
      in.transferTo(OutputStream.nullOutputStream());
      int exit = session.exit();
      // tar's own 1 is of files that changed while they were read.
      if (exit > 1) {
        throw Failure.on(host, "%s broke off: %s".formatted(name, errors.last()), "pull it again");
      }
      if (!unpacked.leftOut().isEmpty()) {
        events.report(
            new Event.Note(
                host,
                "left out, as links that lead elsewhere or no files: "
                    + String.join(
                        ", ",
                        unpacked.leftOut().subList(0, Math.min(5, unpacked.leftOut().size())))));
      }
    } catch (IOException e) {
      throw Failure.on(
          host,
          "%s did not arrive whole: %s".formatted(name, e.getMessage()),
          "see whether there is room in " + to + ", then pull it again");
    } catch (Failure failure) {
      throw failure.host().isPresent()
          ? failure
          : new Failure(host, failure.what(), failure.remedy(), failure.detail());
    }
    events.report(
        new Event.ChangeDone(host, "pull", name, Duration.ofNanos(System.nanoTime() - started)));
    return place;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n' && line.size() < LONGEST_LINE; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /// Reads standard error beside, so that nothing waits for it.
  private record Errors(Thread thread, ByteArrayOutputStream bytes) {
    static Errors of(InputStream in) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .name("huddle-pull-errors")
              .start(() -> {
                try (in) {
                  bytes.writeBytes(in.readNBytes(1 << 16));
                  in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // Closed; what came stands.
                }
              });
      return new Errors(thread, bytes);
    }

    String last() throws InterruptedException {
      thread.join(TimeUnit.SECONDS.toMillis(5));
      String text = bytes.toString(StandardCharsets.UTF_8).strip();
      return text.isEmpty()
          ? "it ended without a word"
          : text.substring(text.lastIndexOf('\n') + 1);
    }
  }
}
