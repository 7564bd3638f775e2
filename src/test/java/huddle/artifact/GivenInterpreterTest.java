package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.python.PythonPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `python: {source: …}`.
class GivenInterpreterTest {
  private static final PythonPlatform LINUX = PythonPlatform.host("x86_64", "glibc 2.36");

  @TempDir Path folder;

  private Cache.Stored take(Path source, PythonPlatform platform) {
    return new GivenInterpreter(source, platform)
        .take(new Cache(folder.resolve("huddle")), Progress.SILENT);
  }

  private Path archive(byte[] program) throws IOException {
    return Files.write(folder.resolve("python.tar.gz"), FakePython.build(program));
  }

  /// The header of a program for some processor.
  private static byte[] elf(int machine) {
    byte[] header = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, header, 0, 7);
    header[16] = 2;
    header[18] = (byte) machine;
    return header;
  }

  @Test
  void anArchiveIsArrangedOnceAndAnewWhenItChanged() throws Exception {
    Path archive = archive(elf(62));
    Cache.Stored stored = take(archive, LINUX);
    assertThat(stored.fact("version")).isEqualTo("3.13");
    assertThat(FakePython.names(stored.tar()))
        .contains("bin/python3", "lib/python3.13/os.py")
        .doesNotContain("lib/python3.13/test/big.py");
    assertThat(take(archive, LINUX).sha256()).isEqualTo(stored.sha256());
    byte[] other = elf(62);
    other[40] = 1;
    archive(other);
    assertThat(take(archive, LINUX).sha256()).isNotEqualTo(stored.sha256());
  }

  @Test
  void aFolderDoesAsWell() throws Exception {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("bin"));
    Files.write(tree.resolve("bin/python3.13"), elf(62));
    Files.createDirectories(tree.resolve("lib/python3.13"));
    Files.writeString(tree.resolve("lib/python3.13/os.py"), "name = 'posix'\n");
    assertThat(FakePython.names(take(tree, LINUX).tar()))
        .contains("bin/python3.13", "bin/python3", "lib/python3.13/os.py");
  }

  @Test
  void whatIsNoneOrForAnotherProcessorIsASentence() throws Exception {
    Path arm = archive(elf(183));
    assertThatThrownBy(() -> take(arm, LINUX))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.what()).contains("aarch64", "x86_64"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> take(empty, LINUX))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.what()).contains("holds no CPython: there is no bin/python3.*"));
    assertThatThrownBy(() -> take(folder.resolve("nowhere"), LINUX))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).contains("python: {source: …}"));
  }
}
