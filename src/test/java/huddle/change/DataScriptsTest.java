package huddle.change;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.data.Pull;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts of data folders, under the shells that hosts have.
class DataScriptsTest {
  @TempDir Path home;

  @BeforeEach
  void install() throws IOException {
    Files.createFile(Files.createDirectories(home.resolve("root")).resolve(".huddle-root"));
  }

  private Path link() {
    return home.resolve("huddle-c");
  }

  private Script prepare(String link) {
    return Script.resource(Change.class, "prepare-data")
        .with("ROOT", "~/root")
        .with("DATA", link().toString())
        .with("LINK", link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void theUsualFolderIsALinkBelowTheRoot(String shell) throws Exception {
    HostShell host = new HostShell(shell, home);
    for (int i = 0; i < 2; i++) {
      assertThat(host.run(prepare("yes")).exit()).isZero();
      assertThat(Files.readSymbolicLink(link())).isEqualTo(home.resolve("root/data"));
    }
    // Of a root that was elsewhere.
    Files.delete(link());
    Files.createSymbolicLink(link(), Path.of("/nowhere"));
    assertThat(host.run(prepare("yes")).exit()).isZero();
    assertThat(link().toRealPath()).isEqualTo(home.toRealPath().resolve("root/data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void whereNoClusterIsNothingIsMade(String shell) throws Exception {
    Files.delete(home.resolve("root/.huddle-root"));
    Files.delete(home.resolve("root"));
    HostShell host = new HostShell(shell, home);
    for (String link : new String[] {"yes", "no"}) {
      Output output = host.run(prepare(link));
      assertThat(output.exit()).isEqualTo(1);
      assertThat(PrepareData.failed("one", output.stderr()))
          .extracting(Failure::what, Failure::remedy)
          .containsExactly("the cluster is not installed there", "run `huddle up`");
    }
    assertThat(home.resolve("root")).doesNotExist();
    assertThat(link()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void whatSomebodyPutThereIsLeftAlone(String shell) throws Exception {
    HostShell host = new HostShell(shell, home);
    Files.createDirectory(link());
    Output output = host.run(prepare("yes"));
    assertThat(output.exit()).isEqualTo(1);
    assertThat(output.stderr()).contains("is there and not this login's link");
    assertThat(link()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aFolderOfTheFileIsMadeAndKept(String shell) throws Exception {
    HostShell host = new HostShell(shell, home);
    assertThat(host.run(prepare("no")).exit()).isZero();
    Files.writeString(link().resolve("x"), "x");
    assertThat(host.run(prepare("no")).exit()).isZero();
    assertThat(link().resolve("x")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void removalTakesOnlyItsOwnLink(String shell) throws Exception {
    HostShell host = new HostShell(shell, home);
    Path root = home.resolve("root");
    for (String target : new String[] {"root/data", "other"}) {
      Files.createDirectories(root.resolve("data"));
      Files.createDirectories(home.resolve("other"));
      Files.writeString(root.resolve(".huddle-root"), "c\n");
      Files.createSymbolicLink(link(), home.resolve(target));
      Script remove =
          Script.resource(Change.class, "remove-root")
              .with("ROOT", root.toString())
              .with("CLUSTER", "c")
              .with("DATA", link().toString())
              .with("DIRS", "");
      Output output = host.run(remove);
      assertThat(output.exit()).as("%s", output).isZero();
      assertThat(root).doesNotExist();
      assertThat(Files.isSymbolicLink(link())).isEqualTo(target.equals("other"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void pullSaysWhatItSends(String shell) throws Exception {
    HostShell host = new HostShell(shell, home);
    Path data = Files.createDirectories(home.resolve("data"));
    Files.writeString(data.resolve("x"), "x");
    Script pull = Script.resource(Pull.class, "pull").with("DATA", data.toString());
    assertThat(host.run(pull.with("NAME", "x")).stdout()).startsWith("file\n");
    assertThat(host.run(pull.with("NAME", ".")).stdout()).startsWith("folder\n");
    Output missing = host.run(pull.with("NAME", "y"));
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.stderr()).isEqualTo("there is no " + data + "/y\n");
  }
}
