package huddle.cli;

import huddle.ssh.Connectors;
import huddle.ssh.SshClient;
import huddle.ui.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs commands in this process: a home, a folder and streams of a test's own.
final class CommandLines {
  final Path home;
  final Path folder;
  final Map<String, String> environment = new HashMap<>();
  String typed = "";

  /// How a command ended.
  record Ended(int exit, String out, String err) {}

  CommandLines(Path temporary) throws IOException {
    home = Files.createDirectories(temporary.toRealPath().resolve("home"));
    folder = Files.createDirectories(temporary.toRealPath().resolve("work"));
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
  }

  CommandLines file(String yaml) throws IOException {
    Files.writeString(folder.resolve("huddle.yaml"), yaml);
    return this;
  }

  Context context(PrintStream out, PrintStream err) {
    return new Context(
        Terminal.of(
            environment,
            false,
            new Terminal.Streams(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out, err)),
        environment,
        home,
        folder,
        InstantSource.system(),
        (knownHosts, events) ->
            new Connectors(SshClient.system(knownHosts, environment), environment, events));
  }

  Ended run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Cli.run(
            context(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            List.of(words));
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
