package huddle.submit;

import huddle.change.Change;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.notebook.NotebookRun;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;

/// One Application under way: what it needs is sent to the Master's host, the driver runs there,
/// and its output comes on the stream it was written to. Ending this process, however it ends, ends
/// the driver, unless it was detached.
public final class Submission {
  private static final Duration SEND = Duration.ofMinutes(30);
  private static final Duration START = Duration.ofMinutes(1);

  /// The script on the host asks for 10 s, then ends the driver.
  private static final Duration END = Duration.ofSeconds(15);

  private final Connection connection;
  private final Place place;
  private final String id = UUID.randomUUID().toString().substring(0, 13);

  /// Where Applications run.
  ///
  /// @param root of the cluster on the Master's host, absolute
  /// @param by who submits it, from where
  public record Place(String root, String sparkHome, String by) {}

  /// @param connection to the Master's host
  public Submission(Connection connection, Place place) {
    this.connection = connection;
    this.place = place;
  }

  /// Huddle's own name for the driver.
  public String id() {
    return id;
  }

  /// Sends what it needs.
  public void send(Application application) {
    Script receive =
        Script.resource(Submission.class, "receive").with("ROOT", place.root()).with("ID", id);
    Output sent;
    try {
      Path scratch = Files.createTempDirectory("huddle-submit");
      try {
        sent = connection.run(receive, new Parcel(application, scratch)::writeTo, SEND);
      } finally {
        // Emptied file by file as they were sent, but for one whose sending failed.
        try (var left = Files.list(scratch)) {
          left.forEach(file -> file.toFile().delete());
        }
        Files.deleteIfExists(scratch);
      }
    } catch (IOException e) {
      throw Failure.of("no folder for what is to be sent: " + e.getMessage(), "");
    }
    if (sent.exit() != 0) {
      throw new Failure(
          connection.host(),
          "the Application could not be sent: " + sent.stderr().strip(),
          "",
          sent.stderr());
    }
  }

  /// Runs it to its end; returns its exit code.
  public int run(Application application, OutputStream out, OutputStream err)
      throws InterruptedException {
    try (Connection.Session session = connection.start(script(application, false))) {
      // Reading a pipe cannot be interrupted, waiting for the end can: Ctrl-C must end the driver.
      Thread output = Thread.ofPlatform().daemon().start(() -> copy(session.stdout(), out));
      Thread errors = Thread.ofPlatform().daemon().start(() -> copy(session.stderr(), err));
      try {
        int exit = session.exit();
        output.join();
        errors.join();
        return exit;
      } catch (InterruptedException e) {
        end(session);
        throw e;
      }
    }
  }

  /// Starts it so that it outlives this process.
  public void detach(Application application) {
    Script detach =
        Script.resource(Submission.class, "detach")
            .with("ROOT", place.root())
            .with("ID", id)
            .with("PROGRAM", script(application, true).render());
    Output started = connection.run(detach, START);
    if (started.exit() != 0) {
      throw new Failure(
          connection.host(),
          "the driver could not be started: " + started.stderr().strip(),
          "",
          started.stderr());
    }
  }

  /// Where a notebook is saved with its outputs, as long as it is not fetched.
  private String saved() {
    return place.root() + "/logs/driver-" + id + ".ipynb";
  }

  /// Brings a notebook with its outputs; whether there was one.
  public boolean fetch(Path to) {
    Script give =
        new Script("notebook", "[ -f \"$SAVED\" ] && cat \"$SAVED\"\n", java.util.Map.of())
            .with("SAVED", saved());
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (Connection.Session session = connection.start(give)) {
      Files.copy(session.stdout(), part, StandardCopyOption.REPLACE_EXISTING);
      if (session.exit() != 0) {
        Files.deleteIfExists(part);
        return false;
      }
      Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
      connection.run(
          new Script("notebook", "rm -f \"$SAVED\"\n", java.util.Map.of()).with("SAVED", saved()),
          START);
      return true;
    } catch (IOException e) {
      throw Failure.of(to + " cannot be written: " + e.getMessage(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Script script(Application application, boolean detached) {
    Script script =
        Script.resource(Submission.class, kind(application))
            .after(Script.resource(Submission.class, "driver"))
            .after(Script.resource(Submission.class, "python"))
            .after(Script.resource(Submission.class, "session"))
            .after(Script.resource(Change.class, "environment"))
            .with("ROOT", place.root())
            .with("SPARK_HOME", place.sparkHome())
            .with("ID", id)
            .with("DETACHED", detached ? "yes" : "")
            .with("ABOUT", about(application.name(), place.by(), detached))
            .with("FILE", application.fileName())
            .with("OPTIONS", application.options())
            .with("ARGUMENTS", application.quotedArguments())
            .with("PYTHON", application.conf().getOrDefault("spark.pyspark.python", ""));
    if (!application.isNotebook()) {
      return script;
    }
    String folder = place.root() + "/run/submit-" + id;
    return script
        .with("NAME", application.name())
        .with("SETTINGS", application.settings())
        .with(
            "WORDS",
            new NotebookRun(
                    place.root(),
                    folder + "/" + application.fileName(),
                    saved(),
                    folder,
                    application.fileName())
                .words());
  }

  private static String kind(Application application) {
    if (application.isNotebook()) {
      return "submit-notebook";
    }
    return application.isPython() ? "submit-python" : "submit-jar";
  }

  /// Lines of a driver's record.
  static String about(String name, String by, boolean detached) {
    return "name=%s\nby=%s\ndetached=%s"
        .formatted(Printable.line(name), Printable.line(by), detached ? "yes" : "no");
  }

  /// Tells the driver to end, and gives it the time to.
  private static void end(Connection.Session session) throws InterruptedException {
    try {
      session.stdin().close();
    } catch (IOException e) {
      // It has ended by itself.
    }
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.exit();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        })
        .join(END);
  }

  /// Every byte as soon as it comes.
  private static void copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      // The exit code tells how it ended; a closed pipe of ours ends the driver with this process.
    }
  }
}
