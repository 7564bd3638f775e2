package huddle.cli;

import static huddle.change.HostShell.await;
import static huddle.change.HostShell.program;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cli.CommandLines.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands about a cluster on this machine that is not up; nothing is fetched, nothing stays.
class LocalCommandsTest {
  /// Ports that no cluster of anybody's uses.
  private static final String FILE =
      """
      name: penguins
      master: localhost
      workers: [localhost]
      spark: 4.3.0
      python: {packages: []}
      ports: {master: 27077, masterUi: 28080, worker: 27078, workerUi: 28081}
      """;

  @TempDir private Path temporary;
  private CommandLines huddle;

  @BeforeEach
  void make() throws IOException {
    huddle = new CommandLines(temporary).file(FILE);
    // A Java and a Python that Spark takes, whatever this machine has.
    huddle.environment.put("JAVA_HOME", System.getProperty("java.home"));
    program(huddle.home.resolve("bin/python3"), "echo 3.12.1");
    huddle.environment.put("PATH", huddle.home.resolve("bin") + ":/usr/bin:/bin");
  }

  @Test
  void statusOfAClusterThatIsNotThere() throws IOException {
    Ended ended = huddle.run("status", "--json");
    assertThat(ended.exit()).isEqualTo(1);
    Map<String, Object> json = JSON.std.mapFrom(ended.out());
    assertThat(json.keySet())
        .containsExactly(
            "version", "cluster", "state", "master", "hosts", "services", "applications");
    assertThat(json)
        .containsEntry("version", 1)
        .containsEntry("cluster", "penguins")
        .containsEntry("state", "down")
        .containsEntry("applications", List.of());
    assertThat((Map<?, ?>) json.get("master")).hasToString("{url=null, ui=null}");
    assertThat((List<?>) json.get("hosts")).hasSize(1);
    Map<?, ?> host = (Map<?, ?>) ((List<?>) json.get("hosts")).getFirst();
    assertThat(host.keySet())
        .hasToString("[name, address, roles, state, cores, memoryMiB, reason]");
    assertThat(host.get("name")).isEqualTo("localhost");
    assertThat(host.get("address")).isEqualTo("127.0.0.1");
    assertThat(host.get("roles")).isEqualTo(List.of("master", "worker"));
    assertThat(host.get("state")).isEqualTo("down");
    assertThat(host.get("reason"))
        .isEqualTo("the Master is not running; the Worker is not running");
  }

  @Test
  void planForPeopleAndPrograms() throws IOException {
    Ended people = huddle.run("plan");
    assertThat(people.exit()).isZero();
    assertThat(people.out())
        .startsWith("localhost\n  + folder " + huddle.home + "/.huddle/penguins (not there)\n")
        .endsWith("\nPlan: 7 to add, 0 to change, 0 to remove, 0 to restart on 1 host.\n");
    assertThat(people.err()).isEqualTo("Reading facts of 1 host\n");

    Ended programs = huddle.run("plan", "--json", "--detailed-exitcode");
    assertThat(programs.exit()).isEqualTo(3);
    Map<String, Object> json = JSON.std.mapFrom(programs.out());
    assertThat(json.keySet()).containsExactly("version", "cluster", "changes");
    List<?> changes = (List<?>) json.get("changes");
    assertThat(changes).hasSize(7).allMatch(c -> ((Map<?, ?>) c).get("host").equals("localhost"));
    assertThat(changes.get(1))
        .hasToString(
            "{host=localhost, kind=spark, action=add, summary=Spark 4.3.0, reason=not there}");
    assertThat(changes)
        .extracting("kind")
        .containsExactly("root", "spark", "conf", "master", "worker", "data", "proof");
    assertThat(huddle.home.resolve(".huddle")).as("nothing is touched").doesNotExist();
  }

  @Test
  void statusForPeople() {
    Ended ended = huddle.run("status");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out())
        .startsWith("penguins is down\n\nHOST")
        .contains("localhost  master, worker  down   127.0.0.1")
        .endsWith("  localhost: the Master is not running; the Worker is not running\n");
  }

  @Test
  void whatIsNotThereIsStoppedAndDestroyedAndNothingStays() throws IOException {
    Ended stop = huddle.run("stop");
    assertThat(stop.exit()).isZero();
    assertThat(stop.err()).contains("nothing to do: nothing runs");
    Ended destroy = huddle.run("destroy", "--confirm", "penguins");
    assertThat(destroy.exit()).isZero();
    assertThat(destroy.err()).contains("nothing to do: nothing is there");
    assertThat(huddle.home.resolve(".huddle")).doesNotExist();
  }

  @Test
  void whereNothingIsInstalledNoSecretIsReplaced() {
    Ended ended = huddle.run("secrets", "rotate", "--yes");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("no cluster is installed there").contains("run `huddle up`");
    assertThat(huddle.home.resolve(".huddle")).doesNotExist();
  }

  @Test
  void filesOfAllHostsAreInAFolderOfEachEvenOfOne() throws IOException {
    Path there = Files.writeString(huddle.home.resolve("result.csv"), "1\n");
    Ended ended = huddle.run("pull", "--from", "all", there.toString());
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(huddle.folder.resolve("localhost/result.csv")).hasContent("1\n");
  }

  @Test
  void aFailureIsSaidOnce() {
    Ended ended = huddle.run("pull", "nope.csv");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).containsOnlyOnce("failed: ").containsOnlyOnce("there is no ");
  }

  @Test
  void submitSaysThatNothingRuns() throws IOException {
    Files.writeString(huddle.folder.resolve("job.py"), "");
    Ended ended = huddle.run("submit", "job.py");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("the cluster is not up: no Master runs").contains("huddle up");
  }

  @Test
  void logsSayThatThereAreNone() {
    Ended ended = huddle.run("logs", "master");
    assertThat(ended).isEqualTo(new Ended(1, "", "no log: the master was never started here\n"));
  }

  @Test
  void logsShowTheLastLines() throws IOException {
    Path logs = Files.createDirectories(huddle.home.resolve(".huddle/penguins/logs"));
    Files.writeString(logs.resolve("master.log"), "1\n2\n\u001b[31m3\n");
    Files.writeString(logs.resolve("worker.log"), "4\n");
    assertThat(huddle.run("logs", "-n", "2"))
        .isEqualTo(
            new Ended(0, "localhost master: 2\nlocalhost master: 3\nlocalhost worker: 4\n", ""));
  }

  @Test
  void logsFollowUntilInterrupted() throws Exception {
    Path logs = Files.createDirectories(huddle.home.resolve(".huddle/penguins/logs"));
    Files.writeString(logs.resolve("master.log"), "1\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Context context = huddle.context(stream, stream);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread command =
        Thread.ofPlatform()
            .daemon()
            .start(() -> exit.complete(Cli.run(context, List.of("logs", "master", "--follow"))));
    await("the first line", () -> out.toString(StandardCharsets.UTF_8).contains("1\n"));
    command.interrupt();
    assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .endsWith("Interrupted; the same command continues where it stopped.\n");
  }

  @Test
  void execPassesOnWordsStreamsAndExitCode() throws IOException {
    Files.writeString(huddle.folder.resolve("rows"), "from a file");
    Ended ended =
        huddle.run("exec", "--", "sh", "-c", "echo \"$1\"; echo err >&2; exit 7", "sh", "@rows");
    assertThat(ended).isEqualTo(new Ended(7, "@rows\n", "err\n"));

    Ended json = huddle.run("exec", "--json", "--", "sh", "-c", "printf 'a\\nb'; exit 3");
    assertThat(json.exit()).isEqualTo(3);
    assertThat(json.out())
        .isEqualTo(
            """
            {
              "version": 1,
              "hosts": [
                {
                  "host": "localhost",
                  "exit": 3,
                  "stdout": "a\\nb",
                  "stderr": "",
                  "reason": null
                }
              ]
            }
            """);
  }

  @Test
  void aHostThatCannotBeReachedIsSaidByEveryCommand() throws IOException {
    program(
        huddle.home.resolve("path/ssh"),
        "echo 'ssh: connect to host x port 22: No route to host' >&2; exit 255");
    huddle.environment.put("PATH", huddle.home.resolve("path") + ":/usr/bin:/bin");
    huddle.file("name: penguins\nmaster: worker.one\nworkers: [worker.one]\nspark: 4.3.0\n");
    Ended status = huddle.run("status", "--json");
    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.out()).contains("\"unreachable\"");
    Ended plan = huddle.run("plan", "--json");
    assertThat(plan.exit()).isEqualTo(1);
    assertThat(JSON.std.mapFrom(plan.out())).containsEntry("changes", List.of());
    assertThat(plan.err()).contains("worker.one: ");
    Ended up = huddle.run("up", "--yes");
    assertThat(up.exit()).isEqualTo(1);
    assertThat(up.out()).isEmpty();
    assertThat(up.err()).contains("worker.one: ").doesNotContain("at huddle.");
  }
}
