package huddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cli.CommandLines.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Help, wrong words and wrong files: exit code, standard output and standard error together.
class UsageTest {
  private static final String FILE = "name: penguins\nmaster: worker.one\nworkers: [worker.one]\n";

  @TempDir private Path temporary;
  private CommandLines huddle;

  @BeforeEach
  void make() throws IOException {
    huddle = new CommandLines(temporary);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "plan",
        "up",
        "status",
        "start",
        "stop",
        "restart",
        "secrets",
        "doctor",
        "submit",
        "apps",
        "shell",
        "notebook",
        "exec",
        "ssh",
        "logs",
        "destroy",
        "version"
      })
  void helpStartsWithExamples(String command) {
    Ended ended = huddle.run(command, "--help");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).startsWith("Examples:\n  huddle " + command).contains("Usage:");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpOfTheLabHasExamplesToo() {
    assertThat(huddle.run("lab", "--help").out()).contains("Examples:\n  sudo huddle lab up 4");
    assertThat(huddle.run("lab", "up", "--help").out()).contains("Example:\n  sudo huddle lab up");
  }

  @Test
  void helpOfHuddleItselfNamesEveryCommand() {
    Ended ended = huddle.run("--help");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out())
        .startsWith("Examples:\n  huddle up")
        .contains("init", "plan", "status", "start", "stop", "restart", "submit", "exec", "ssh")
        .contains("logs", "destroy", "version");
  }

  @ParameterizedTest
  @CsvSource({"statsu, status", "upp, up", "destory, destroy", "restrat, restart"})
  void aWrongCommandGetsASuggestion(String typed, String meant) {
    Ended ended = huddle.run(typed);
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            "`huddle` has no command '%s'\nDid you mean: %s?\nSee `huddle --help`.\n"
                .formatted(typed, meant));
  }

  @Test
  void aWordTooManyIsSaid() {
    assertThat(huddle.run("version", "please"))
        .isEqualTo(
            new Ended(2, "", "`huddle version` takes no 'please'\nSee `huddle version --help`.\n"));
    assertThat(huddle.run("secrets", "rotat").err())
        .startsWith("`huddle secrets` has no command 'rotat'\nDid you mean: rotate?\n");
  }

  @Test
  void aWrongOptionGetsASuggestion() {
    Ended ended = huddle.run("up", "--jsn");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo("Unknown option: '--jsn'\nDid you mean: --json?\nSee `huddle up --help`.\n");
  }

  @Test
  void noCommandIsSaid() {
    assertThat(huddle.run()).isEqualTo(new Ended(2, "", "Missing command\nSee `huddle --help`.\n"));
  }

  @Test
  void anOptionWithoutItsValueIsSaid() {
    Ended ended = huddle.run("plan", "--host");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("'--host'").endsWith("See `huddle plan --help`.\n");
  }

  @Test
  void everyProblemOfAFileIsSaidAtOnce() throws IOException {
    huddle.file(
        """
        name: penguins
        master: worker.one
        workers:
          - host: worker.one
            memory: 24 gigs
        sparkk: 4.3.0
        """);
    for (String command : new String[] {"up", "plan", "status", "stop", "destroy", "ssh"}) {
      assertThat(huddle.run(command))
          .isEqualTo(
              new Ended(
                  2,
                  "",
                  """
                  huddle.yaml:5:5 workers[0].memory: "24 gigs" is not a size; write 24g
                  huddle.yaml:6:1 sparkk: unknown key; did you mean spark?
                  """));
    }
  }

  @Test
  void aFileIsNamedAsItWasTyped() throws IOException {
    Files.writeString(huddle.folder.resolve("lab.yaml"), "7");
    assertThat(huddle.run("plan", "-f", "lab.yaml").err()).startsWith("lab.yaml:1:1");
    assertThat(huddle.run("plan", "-f", "none.yaml"))
        .isEqualTo(new Ended(2, "", "none.yaml does not exist; `huddle init HOST…` writes one\n"));
    assertThat(huddle.run("plan", "-f", ".").err())
        .isEqualTo(". is a folder; name the file in it\n");
    huddle.typed = "name: [";
    assertThat(huddle.run("plan", "-f", "-").err()).startsWith("standard input:1:");
  }

  @Test
  void aHostThatTheFileDoesNotNameIsSaid() throws IOException {
    huddle.file(FILE);
    assertThat(huddle.run("status", "--host", "worker.two"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "--host worker.two: the cluster penguins has no such host; it has worker.one\n"));
    assertThat(huddle.run("ssh", "worker.two"))
        .isEqualTo(
            new Ended(2, "", "worker.two is no host of the cluster penguins; it has worker.one\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "job.txt | job.txt is neither a .py nor a .jar nor an .ipynb",
        "none.py | none.py does not exist",
        "folder.py | folder.py is a folder",
        "--files job.txt,none.csv job.py | --files none.csv does not exist",
        "--py-files job.txt job.py | --py-files job.txt is no .py, .zip, .egg or folder; other files go with --files",
        "--files other/job.py job.py | --files job.py: this name is taken; give it another",
        "--cores no job.py | --cores no: write a whole number, at least 1, or all",
        "--memory 4 job.py | --memory 4: write a size, as 4g or 512m",
        "--memory 9m job.py | --memory 9m: Spark wants at least 450m for an executor",
        "--conf spark.executor.cores=x job.py | --conf spark.executor.cores=x: write a whole number, at least 1",
        "--cores 1 --conf spark.cores.max=2 job.py | --cores and --conf spark.cores.max say the same; leave one out",
        "bad.jar | bad.jar is no jar that can be read: zip file is empty",
        "jobb.py | jobb.py does not exist; did you mean job.py?",
        "--class a.Main job.py | --class goes with a .jar, not with job.py",
        "--conf spark.x job.py | --conf spark.x: write it as spark.some.key=value",
        "--conf x=1 job.py | --conf x=1: write it as spark.some.key=value",
      })
  void aWrongApplicationIsSaid(String words, String said) throws IOException {
    Files.writeString(huddle.folder.resolve("job.py"), "");
    Files.writeString(huddle.folder.resolve("job.txt"), "");
    Files.writeString(huddle.folder.resolve("bad.jar"), "");
    Files.createDirectories(huddle.folder.resolve("folder.py"));
    Files.writeString(
        Files.createDirectories(huddle.folder.resolve("other")).resolve("job.py"), "");
    assertThat(huddle.run(("submit " + words).split(" "))).isEqualTo(new Ended(2, "", said + "\n"));
  }

  @Test
  void submitAndExecWithoutAWordAreWrong() {
    assertThat(huddle.run("submit").exit()).isEqualTo(2);
    assertThat(huddle.run("exec").err())
        .contains("COMMAND")
        .endsWith("See `huddle exec --help`.\n");
    assertThat(huddle.run("logs", "workr"))
        .isEqualTo(new Ended(2, "", "\"workr\" is no daemon; did you mean worker?\n"));
  }

  @Test
  void servicesAreNamedRightAndPortsAreInRange() {
    assertThat(huddle.run("stop", "conect"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "\"conect\" is no service; write one of history, connect, thrift, notebook, or nothing to stop all\n"));
    assertThat(huddle.run("connect", "--port", "70000"))
        .isEqualTo(new Ended(2, "", "--port 70000: write a port from 1 to 65535\n"));
    assertThat(huddle.run("jdbc", "--help").out()).contains("--detach", "huddle stop thrift");
  }

  @Test
  void versionForPeopleAndPrograms() throws IOException {
    String java = System.getProperty("java.version");
    Ended people = huddle.run("version");
    assertThat(people.exit()).isZero();
    assertThat(people.out()).matches("huddle [0-9.]+ \\(Java " + java + "\\)\n");
    Ended programs = huddle.run("version", "--json");
    assertThat(JSON.std.mapFrom(programs.out()))
        .containsEntry("version", 1)
        .containsEntry("huddle", VersionCommand.huddle())
        .containsEntry("java", java)
        .hasSize(3);
    assertThat(huddle.run("--version").out()).isEqualTo("huddle " + VersionCommand.huddle() + "\n");
  }
}
