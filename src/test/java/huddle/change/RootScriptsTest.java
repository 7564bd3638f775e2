package huddle.change;

import static huddle.change.HostShell.await;
import static huddle.change.HostShell.hurried;
import static huddle.change.HostShell.isAlive;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.shell.Script;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The install root: made, marked, emptied and removed, and never anybody else's folder.
class RootScriptsTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void name() throws IOException {
    root = folder.toRealPath().resolve("home of o'neill/.huddle/penguins");
  }

  private Output run(String shell, Change change) throws IOException, InterruptedException {
    Script script = ((Action.RunScript) change.actions().getFirst()).script();
    return new HostShell(shell, folder).run(hurried(script));
  }

  private Output prepare(String shell) throws IOException, InterruptedException {
    return run(shell, new PrepareRoot("one", root.toString(), "penguins"));
  }

  private Output remove(String shell, String... dirs) throws IOException, InterruptedException {
    return run(shell, new RemoveRoot("one", root.toString(), "penguins", List.of(dirs), false, ""));
  }

  private static Path file(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void isMadeForItsOwnerAloneAndMarked(String shell) throws Exception {
    assertThat(prepare(shell)).isEqualTo(new Output(0, "", ""));
    assertThat(root.resolve(".huddle-root")).hasContent("penguins");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
    file(root.resolve("conf/secret"));
    assertThat(prepare(shell)).as("again").isEqualTo(new Output(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void mayHoldTheLockAlready(String shell) throws Exception {
    file(root.resolve("lock/owner"));
    assertThat(prepare(shell).exit()).isZero();
    assertThat(root.resolve("lock/owner")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void isNeverAFolderWithOtherFilesOrAnotherClustersOrAFile(String shell) throws Exception {
    Path thesis = file(root.resolve("thesis.tex"));
    assertThat(prepare(shell))
        .isEqualTo(
            new Output(
                1,
                "",
                root
                    + " holds files that are not Huddle's (thesis.tex); give this host another root\n"));
    assertThat(remove(shell).stderr()).contains("is not marked as this cluster's");
    assertThat(thesis).exists();
    Files.delete(thesis);

    Files.writeString(root.resolve(".huddle-root"), "seals\n");
    assertThat(prepare(shell).stderr())
        .isEqualTo(root + " belongs to the cluster seals; give this one another root\n");
    assertThat(remove(shell).exit()).isEqualTo(1);
    assertThat(root.resolve(".huddle-root")).exists();
    Files.delete(root.resolve(".huddle-root"));

    Files.delete(root);
    file(root);
    assertThat(prepare(shell).stderr())
        .isEqualTo(root + " is a file; give this host another root\n");
    assertThat(remove(shell).stderr()).isEqualTo(root + " is no folder; it was left alone\n");
    assertThat(root).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void isRemovedWithItsScratchFoldersAndWhatRunsFromThere(String shell) throws Exception {
    prepare(shell);
    file(root.resolve("spark-4.3.0/jars/a.jar"));
    Path scratch = file(folder.resolve("mnt/ssd 1/huddle-penguins/blockmgr/x"));
    Path others = file(folder.resolve("mnt/ssd 1/huddle-seals/x"));
    Path odd = file(folder.resolve("mnt/precious/x"));
    ProcessBuilder orphan = new ProcessBuilder("setsid", "sleep", "1000");
    orphan.environment().put("HUDDLE_HOME", root.toString());
    Process process = orphan.start();
    ProcessBuilder neighbour = new ProcessBuilder("setsid", "sleep", "1000");
    neighbour.environment().put("HUDDLE_HOME", root + "2");
    Process next = neighbour.start();
    await("both", () -> HostShell.stat(process.pid(), 6).equals("" + process.pid()));
    try {
      assertThat(
              remove(
                  shell,
                  folder.resolve("mnt/ssd 1/huddle-penguins").toString(),
                  folder.resolve("mnt/precious").toString()))
          .isEqualTo(new Output(0, "", ""));
      assertThat(isAlive(process.pid())).isFalse();
      assertThat(isAlive(next.pid())).isTrue();
    } finally {
      next.destroyForcibly();
      process.destroyForcibly();
    }
    assertThat(root.getParent()).doesNotExist();
    assertThat(scratch.getParent().getParent()).doesNotExist();
    assertThat(others).exists();
    assertThat(odd).exists();
    assertThat(remove(shell).exit()).as("again").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void whoeverIgnoresTheRequestIsEnded(String shell) throws Exception {
    prepare(shell);
    ProcessBuilder deaf =
        new ProcessBuilder(
            "setsid", "sh", "-c", "trap '' TERM; echo; while :; do sleep 1000; done");
    deaf.environment().put("HUDDLE_HOME", root.toString());
    Process process = deaf.start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    assertThat(remove(shell).exit()).isZero();
    assertThat(HostShell.session(process.pid())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void theShellThatAsksForItLives(String shell) throws Exception {
    prepare(shell);
    // Someone has read spark-env.sh into the shell that runs `huddle destroy`.
    HostShell inner = new HostShell(shell, folder).with("HUDDLE_HOME", root.toString());
    Script script =
        ((Action.RunScript)
                new RemoveRoot("one", root.toString(), "penguins", List.of(), false, "")
                    .actions()
                    .getFirst())
            .script();
    Path file = Files.writeString(folder.resolve("inner.sh"), hurried(script).render());
    Output output =
        inner.run(new Script("outer", shell + " '" + file + "'; echo alive\n", java.util.Map.of()));
    assertThat(output).isEqualTo(new Output(0, "alive\n", ""));
    assertThat(root).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void theFolderAboveStaysWhileAnotherClusterIsThere(String shell) throws Exception {
    prepare(shell);
    Path other = file(root.resolveSibling("seals/manifest.json"));
    assertThat(remove(shell).exit()).isZero();
    assertThat(root).doesNotExist();
    assertThat(other).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void onlyHuddlesOwnFoldersAreRemovedFromIt(String shell) throws Exception {
    prepare(shell);
    file(root.resolve("conf/secret"));
    for (String folder : List.of("spark-4.2.0", "java-25.0.3-ab", "spark-4.3.0.part")) {
      file(root.resolve(folder + "/x"));
      assertThat(run(shell, removal(folder))).isEqualTo(new Output(0, "", ""));
      assertThat(root.resolve(folder)).doesNotExist();
    }
    for (String odd :
        List.of("conf", "", ".", "..", "../penguins", "spark-x/../conf", "/", "*", ".part")) {
      assertThat(run(shell, removal(odd)).stderr())
          .isEqualTo("not a folder of Huddle's: " + odd + "\n");
    }
    assertThat(root.resolve("conf/secret")).exists();
  }

  private Change removal(String name) {
    return new RemoveFolder("one", root.toString(), name, "spark", "no longer used");
  }
}
