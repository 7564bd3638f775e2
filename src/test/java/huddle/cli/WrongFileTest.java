package huddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import huddle.ui.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A file or an option that is wrong ends a command with exit code 2 and a sentence, before any
/// host is contacted.
class WrongFileTest {
  private static final String RIGHT = "name: odd\nmaster: worker.one\nworkers: [worker.two]\n";

  @TempDir Path folder;

  private record Ended(int exit, String out, String err) {}

  private Ended huddle(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.of(
            Map.of("LANG", "C.UTF-8"),
            true,
            new Terminal.Streams(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8)));
    Context context =
        new Context(
            terminal,
            Map.of(),
            folder,
            folder,
            InstantSource.system(),
            (knownHosts, events) -> {
              throw new AssertionError("a host is contacted");
            });
    int exit = Cli.run(context, List.of(arguments));
    return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  private void refused(Ended ended, String message) throws IOException {
    assertThat(ended.err()).contains(message).doesNotContain("Exception", "\tat ", "defect");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    try (Stream<Path> written = Files.list(folder)) {
      assertThat(written.filter(path -> !path.endsWith("huddle.yaml"))).isEmpty();
    }
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments(new byte[0], "huddle.yaml:1:1 says nothing; write name, master and workers"),
        arguments(
            new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0}, "huddle.yaml:1:1 is not plain text"),
        arguments("name: &a [*a]\nmaster: h\nworkers: *a\n".getBytes(UTF_8), "huddle.yaml:1:"),
        arguments("a: &a {b: *a}\n".getBytes(UTF_8), "huddle.yaml:1:"),
        arguments("[".repeat(900_000).getBytes(UTF_8), "is nested more than 20 deep"),
        arguments(
            ("# " + "x".repeat(80) + "\n").repeat(50_000).getBytes(UTF_8),
            "huddle.yaml:1:1 is larger than 1024 KiB"),
        arguments("name: odd\nmaster\n".getBytes(UTF_8), "huddle.yaml:2:"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsNoClusters(byte[] content, String message) throws IOException {
    Files.write(folder.resolve("huddle.yaml"), content);
    for (String command : List.of("plan", "up", "status", "destroy")) {
      refused(huddle("", command), message);
    }
  }

  @Test
  void everyProblemOfAFileIsToldAtOnceWithItsPlace() throws IOException {
    Files.writeString(
        folder.resolve("huddle.yaml"),
        """
        name: Odd Cluster
        master: worker.one
        wokers: [worker.two]
        workers: [{host: "-oProxyCommand=x", memory: 24 gigs}]
        """);
    Ended ended = huddle("", "plan");
    refused(ended, "huddle.yaml:3:1 wokers: ");
    assertThat(ended.err())
        .contains("huddle.yaml:1:1 name: ", "workers[0].host: ", "workers[0].memory: \"24 gigs\"")
        .contains("workers?");
  }

  @Test
  void standardInputIsReadAsAFile() throws IOException {
    refused(
        huddle("", "plan", "-f", "-"),
        "standard input:1:1 says nothing; write name, master and workers");
  }

  @Test
  void theFileIsMissing() throws IOException {
    refused(
        huddle("", "up", "-f", "hudle.yaml"),
        "hudle.yaml does not exist; `huddle init HOST…` writes one");
  }

  @Test
  void theFileIsAFolder() throws IOException {
    Files.createDirectory(folder.resolve("huddle.yaml"));
    refused(huddle("", "plan"), "huddle.yaml is a folder; name the file in it");
  }

  @Test
  void theHostIsNotInTheFile() throws IOException {
    Files.writeString(folder.resolve("huddle.yaml"), RIGHT);
    refused(
        huddle("", "up", "--host", "worker.tow"),
        "--host worker.tow: the cluster odd has no such host; it has worker.one, worker.two");
  }

  @Test
  void theCommandOrOptionIsMisspelt() throws IOException {
    refused(huddle("", "pln"), "Did you mean: plan?");
    refused(huddle("", "plan", "--jsn"), "--jsn");
  }
}
