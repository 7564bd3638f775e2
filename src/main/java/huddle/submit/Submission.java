package huddle.submit;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;

/// One Application under way: its file is sent to the Master's host, the driver runs there, and its
/// output comes on the stream it was written to. Ending this process, however it ends, ends the
/// driver.
public final class Submission {
  private static final Duration SEND = Duration.ofMinutes(30);

  /// The script on the host asks for 10 s, then ends the driver.
  private static final Duration END = Duration.ofSeconds(15);

  private final Connection connection;
  private final String root;
  private final String sparkHome;

  /// @param connection to the Master's host
  /// @param root of the cluster there, absolute
  public Submission(Connection connection, String root, String sparkHome) {
    this.connection = connection;
    this.root = root;
    this.sparkHome = sparkHome;
  }

  /// Runs it to its end; returns its exit code.
  public int run(Application application, OutputStream out, OutputStream err)
      throws InterruptedException {
    String id = UUID.randomUUID().toString();
    Script receive =
        Script.resource(Submission.class, "receive")
            .with("ROOT", root)
            .with("ID", id)
            .with("FILE", application.fileName());
    Output sent = connection.run(receive, to -> Files.copy(application.file(), to), SEND);
    if (sent.exit() != 0) {
      throw new Failure(
          connection.host(),
          "the Application could not be sent: " + sent.stderr().strip(),
          "",
          sent.stderr());
    }
    Script submit =
        Script.resource(Submission.class, application.isPython() ? "submit-python" : "submit-jar")
            .after(Script.resource(Submission.class, "driver"))
            .after(Script.resource(huddle.change.Change.class, "environment"))
            .with("ROOT", root)
            .with("SPARK_HOME", sparkHome)
            .with("ID", id)
            .with("FILE", application.fileName())
            .with("OPTIONS", application.options())
            .with("ARGUMENTS", application.quotedArguments())
            .with("PYTHON", application.conf().getOrDefault("spark.pyspark.python", ""));
    try (Connection.Session session = connection.start(submit)) {
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
