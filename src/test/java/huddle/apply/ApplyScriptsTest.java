package huddle.apply;

import static huddle.change.HostShell.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.change.HostShell;
import huddle.event.Failure;
import huddle.shell.Script;
import huddle.shell.ShellWord;
import huddle.spark.ConfFile;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Unpacking, writing, and the secret.
class ApplyScriptsTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectories(folder.toRealPath().resolve("home of o'neill/.huddle/p"));
  }

  private Output unpack(String shell, byte[] tar) throws IOException, InterruptedException {
    Script script =
        Script.resource(ActionRunner.class, "unpack")
            .with("ROOT", root.toString())
            .with("FOLDER", "spark-4.3.0");
    return new HostShell(shell, folder).run(script, tar);
  }

  private Output keep(String shell) throws IOException, InterruptedException {
    Script script =
        Script.resource(ActionRunner.class, "keep")
            .with("ROOT", root.toString())
            .with("FOLDER", "spark-4.3.0")
            .with("IDENTITY", "pypi sha256:ab");
    return new HostShell(shell, folder).run(script);
  }

  private byte[] tar() throws Exception {
    Path from = Files.createDirectories(folder.resolve("from/bin"));
    program(from.resolve("spark-class"), "true");
    Files.writeString(from.resolveSibling("a long file"), "x".repeat(5_000));
    Path tar = folder.resolve("spark.tar");
    Process made =
        new ProcessBuilder(
                "tar",
                "--format=ustar",
                "-cf",
                tar + "",
                "-C",
                folder + "/from",
                "bin",
                "a long file")
            .start();
    assertThat(made.waitFor()).isZero();
    return Files.readAllBytes(tar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aFolderAppearsOnceItIsWhole(String shell) throws Exception {
    Files.createDirectories(root.resolve("spark-4.3.0.part/left by a killed run"));
    Files.createDirectories(root.resolve("spark-4.3.0/another build"));

    assertThat(unpack(shell, tar())).isEqualTo(new Output(0, "", ""));
    assertThat(root.resolve("spark-4.3.0/another build")).exists();
    assertThat(keep(shell)).isEqualTo(new Output(0, "", ""));

    assertThat(root.resolve("spark-4.3.0/.huddle")).hasContent("pypi sha256:ab");
    assertThat(root.resolve("spark-4.3.0/bin/spark-class")).isExecutable();
    assertThat(root.resolve("spark-4.3.0/a long file")).hasSize(5_000);
    assertThat(root.resolve("spark-4.3.0/another build")).doesNotExist();
    assertThat(root.resolve("spark-4.3.0.part")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aTarThatBreaksOffLeavesNothing(String shell) throws Exception {
    Output output = unpack(shell, Arrays.copyOf(tar(), 3_000));
    assertThat(output.exit()).isEqualTo(1);
    assertThat(output.stderr().strip().lines().toList().getLast())
        .matches("unpacking spark-4.3.0 broke off with [0-9]+ MiB free");
    assertThat(root).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void aTarThatIsCutBetweenTwoFilesIsNotTakenForAWholeOne(String shell) throws Exception {
    // bin/ and bin/spark-class with its one block; then the sender is gone.
    Output output = unpack(shell, Arrays.copyOf(tar(), 3 * 512));
    assertThat(output.exit()).as("tar sees nothing wrong").isZero();
    assertThat(root.resolve("spark-4.3.0")).doesNotExist();
    assertThat(root.resolve("spark-4.3.0.part/.huddle")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void everyByteIsWrittenAsItIs(String shell) throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    String text =
        "put_bytes 'bin/x.class' '600' "
            + ShellWord.quote(
                ActionRunner.octal(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)))
            + "\n";
    Script script =
        new Script("write-files", text, Map.of())
            .with("ROOT", root.toString())
            .after(Script.resource(ActionRunner.class, "write-files"));
    assertThat(new HostShell(shell, folder).run(script)).isEqualTo(new Output(0, "", ""));
    assertThat(root.resolve("bin/x.class")).hasBinaryContent(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh"})
  void filesAreWrittenAsTheyAreAndNoProcessSeesTheSecret(String shell) throws Exception {
    Path seen = folder.resolve("arguments");
    for (String tool : new String[] {"mkdir", "chmod", "mv", "printf"}) {
      program(
          folder.resolve("path/" + tool),
          "echo \"$0 $*\" >>"
              + ShellWord.quote(seen.toString())
              + "\nexec /bin/"
              + tool
              + " \"$@\"");
    }
    String odd = "it's \"odd\" $HOME `x` \\n %s ü\n\ttab\nno end";
    String text =
        "put 'conf/spark-defaults.conf' '600' 'spark.authenticate.secret 5ecret'\n"
            + "put 'bin/huddle-python' '755' "
            + ShellWord.quote(odd)
            + "\n";
    Script script =
        new Script("write-files", text, Map.of())
            .with("ROOT", root.toString())
            .after(Script.resource(ActionRunner.class, "write-files"));
    Output output =
        new HostShell(shell, folder)
            .with("PATH", folder.resolve("path") + ":/usr/bin:/bin")
            .run(script);

    assertThat(output).isEqualTo(new Output(0, "", ""));
    assertThat(root.resolve("bin/huddle-python")).content().isEqualTo(odd);
    assertThat(mode("bin/huddle-python")).isEqualTo("rwxr-xr-x");
    assertThat(mode("conf/spark-defaults.conf")).isEqualTo("rw-------");
    assertThat(mode("conf")).isEqualTo("rwx------");
    if (Files.exists(seen)) {
      assertThat(seen).content().doesNotContain("5ecret");
    }
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(file)));
  }

  @Test
  void theSecretOnTheMastersHostIsTheClusters() {
    String secret = "0123456789abcdef".repeat(4);
    FakeHost host = new FakeHost("one").answering(s -> new Output(0, secret + "\n", ""));
    ClusterSecret there = ClusterSecret.of(host, "/root");
    assertThat(there.digest()).isEqualTo(ConfFile.sha256(secret));
    assertThat(there.fill("a " + ConfFile.SECRET + " b")).isEqualTo("a " + secret + " b");
    assertThat(there.toString()).doesNotContain(secret);
  }

  @Test
  void withoutOneThereIsANewOne() {
    FakeHost host = new FakeHost("one");
    ClusterSecret made = ClusterSecret.of(host, "/root");
    assertThat(made.fill(ConfFile.SECRET)).matches("[0-9a-f]{64}");
    assertThat(made.digest()).isNotEqualTo(ClusterSecret.of(host, "/root").digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "0123", "x y", "0123456789abcdef0123456789abcdef\n0123"})
  void aDamagedOneIsSaidAndNotShown(String text) {
    FakeHost host = new FakeHost("one").answering(s -> new Output(0, text, ""));
    assertThatThrownBy(() -> ClusterSecret.of(host, "/root"))
        .isInstanceOf(Failure.class)
        .hasMessage("the secret in /root/conf/secret cannot be read");
  }

  @Test
  void oneThatCannotBeReadIsNotReplaced() {
    FakeHost host = new FakeHost("one").answering(s -> new Output(2, "", "Permission denied"));
    assertThatThrownBy(() -> ClusterSecret.of(host, "/root")).isInstanceOf(Failure.class);
  }
}
