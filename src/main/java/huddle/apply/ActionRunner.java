package huddle.apply;

import huddle.change.Action;
import huddle.change.Change;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spark.ConfFile;
import huddle.spark.DaemonCommand;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Carries one action out on one host.
final class ActionRunner {
  private static final Duration TRANSFER = Duration.ofHours(1);
  private static final Duration WRITE = Duration.ofSeconds(60);

  private final Hosts hosts;
  private final Payloads payloads;
  private final Supplier<ClusterSecret> secret;
  private final Waits waits;
  private final Events events;

  ActionRunner(Hosts hosts, Payloads payloads, Supplier<ClusterSecret> secret, Events events) {
    this.hosts = hosts;
    this.payloads = payloads;
    this.secret = secret;
    this.waits = new Waits(hosts);
    this.events = events;
  }

  /// What was done where that is less than planned; empty: all of it.
  Optional<String> run(Change change, Action action) throws InterruptedException {
    Connection connection = hosts.connection(change.host());
    switch (action) {
      case Action.RunScript run -> require(connection, run.script(), run.bound());
      case Action.UnpackSpark unpack ->
          unpack(change, connection, unpack.root(), unpack.folder(), payloads.spark());
      case Action.UnpackJava unpack ->
          unpack(
              change, connection, unpack.root(), unpack.folder(), payloads.java(unpack.platform()));
      case Action.UnpackPackages unpack ->
          unpack(change, connection, unpack.root(), unpack.folder(), payloads.packages());
      case Action.UnpackInterpreter unpack ->
          unpack(
              change,
              connection,
              unpack.root(),
              unpack.folder(),
              payloads.interpreter(unpack.platform()));
      case Action.UnpackPython unpack -> unpack(change, connection, unpack);
      case Action.WriteFiles write -> write(connection, write.root(), write.files());
      case Action.StartDaemon start ->
          require(
              connection,
              start
                  .script()
                  .with(
                      "DIGEST",
                      DaemonCommand.digest(start.settings(), start.role(), secret.get().digest())),
              WRITE);
      case Action.AwaitMaster await -> waits.forMaster(await.url());
      case Action.AwaitNoWorker await -> waits.forNoWorker(await.settings());
      case Action.AwaitWorker await -> waits.forWorker(await.settings());
      case Action.AwaitNoApplication await -> new Idleness(hosts, events).await(await.bound());
      case Action.Prove prove -> {
        ProofRun.Proven proven = new ProofRun(waits).run(connection, prove);
        write(connection, prove.root(), List.of(new ConfFile("run/proof", proven.proof(), "600")));
        return proven.less();
      }
    }
    return Optional.empty();
  }

  /// Runs a script that must succeed. Scripts say what is wrong in the last line of their standard
  /// error.
  static Output require(Connection connection, Script script, Duration bound) {
    Output output = connection.run(script, bound);
    if (output.exit() != 0) {
      throw failed(connection, script, output);
    }
    return output;
  }

  static Failure failed(Connection connection, Script script, Output output) {
    String last = output.stderr().strip();
    last = last.substring(last.lastIndexOf('\n') + 1);
    return new Failure(
        connection.host(),
        last.isEmpty()
            ? "%s ended with exit code %d".formatted(script.name(), output.exit())
            : last,
        "",
        output.stdout() + output.stderr());
  }

  private void unpack(
      Change change, Connection connection, String root, String folder, Payloads.Payload payload) {
    send(change, connection, root, folder, payload);
    keep(connection, root, folder, payload.identity());
  }

  private void unpack(Change change, Connection connection, Action.UnpackPython unpack) {
    send(
        change,
        connection,
        unpack.root(),
        unpack.folder(),
        payloads.python(unpack.folder(), unpack.platform()));
    Script settle =
        Script.resource(ActionRunner.class, "settle-python")
            .with("ROOT", unpack.root())
            .with("FOLDER", unpack.folder())
            .with("PYTHON", unpack.interpreter())
            .with("MINOR", unpack.minor());
    require(connection, settle, WRITE);
    keep(connection, unpack.root(), unpack.folder(), unpack.identity());
  }

  private void send(
      Change change, Connection connection, String root, String folder, Payloads.Payload payload) {
    Script script =
        Script.resource(ActionRunner.class, "unpack").with("ROOT", root).with("FOLDER", folder);
    Output output = connection.run(script, out -> send(change, payload, out), TRANSFER);
    if (output.exit() != 0) {
      throw failed(connection, script, output);
    }
  }

  private static void keep(Connection connection, String root, String folder, String identity) {
    Script keep =
        Script.resource(ActionRunner.class, "keep")
            .with("ROOT", root)
            .with("FOLDER", folder)
            .with("IDENTITY", identity);
    require(connection, keep, WRITE);
  }

  private void send(Change change, Payloads.Payload payload, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(payload.tar())) {
      byte[] buffer = new byte[1 << 16];
      long sent = 0;
      long reported = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        sent += n;
        if (sent - reported > 4 << 20) {
          reported = sent;
          events.report(
              new Event.ChangeProgress(
                  change.host(),
                  change.kind(),
                  "sending " + change.summary(),
                  sent,
                  payload.bytes()));
        }
      }
    }
  }

  private void write(Connection connection, String root, List<ConfFile> files) {
    StringBuilder text = new StringBuilder();
    boolean holdsSecret = files.stream().anyMatch(ConfFile::holdsSecret);
    if (holdsSecret) {
      text.append("forget_other ")
          .append(ShellWord.quote(secret.get().fill(ConfFile.SECRET)))
          .append('\n');
    }
    for (ConfFile file : files) {
      if (file.isBinary()) {
        append(text, "put_bytes", file, octal(file.text()));
      } else {
        append(text, "put", file, secret.get().fill(file.text()));
      }
    }
    if (holdsSecret) {
      ConfFile itself = new ConfFile("conf/secret", ConfFile.SECRET, "600");
      append(text, "put", itself, secret.get().fill(itself.text()));
    }
    Script put = new Script("write-files", text.toString(), Map.of()).with("ROOT", root);
    require(connection, put.after(Script.resource(ActionRunner.class, "write-files")), WRITE);
  }

  /// As printf's %b reads bytes back.
  static String octal(String bytes) {
    return bytes
        .chars()
        .mapToObj(b -> "\\0" + Integer.toOctalString(b))
        .collect(Collectors.joining());
  }

  private static void append(StringBuilder text, String put, ConfFile file, String content) {
    text.append(put)
        .append(' ')
        .append(ShellWord.quote(file.path()))
        .append(' ')
        .append(ShellWord.quote(file.mode()))
        .append(' ')
        .append(ShellWord.quote(content))
        .append('\n');
  }
}
