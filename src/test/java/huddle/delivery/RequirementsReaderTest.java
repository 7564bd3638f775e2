package huddle.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import huddle.python.PythonRequest.Form;
import huddle.python.PythonRequest.RequirementsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsReaderTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String refusal(Path file) {
    return catchThrowableOfType(Failure.class, () -> RequirementsReader.read(file)).what();
  }

  @Test
  void whatIsIncludedCountsToo() throws IOException {
    Path file =
        file("requirements.txt", "six\n-r more.txt\n--constraint=bounds.txt\n-r gone.txt\n");
    file("more.txt", "attrs\n");
    file("bounds.txt", "six<2\n");
    RequirementsFile read = RequirementsReader.read(file);
    assertThat(read.form()).isEqualTo(Form.PLAIN);
    assertThat(read.path()).isEqualTo(file.toString());
    assertThat(read.text()).contains("six\n", "\nattrs\n", "\nsix<2\n");
  }

  @Test
  void filesThatIncludeEachOtherEnd() throws IOException {
    Path file = file("requirements.txt", "-r other.txt\n");
    file("other.txt", "-r requirements.txt\n");
    assertThat(RequirementsReader.read(file).text()).hasSizeLessThan(1_000);
  }

  @Test
  void aLockIsReadWithItsProject() throws IOException {
    Path lock = file("uv.lock", "version = 1\n");
    assertThat(refusal(lock)).endsWith("needs the pyproject.toml that it belongs to beside it");
    file("pyproject.toml", "[project]\n");
    assertThat(RequirementsReader.read(lock))
        .isEqualTo(new RequirementsFile(lock.toString(), Form.LOCK, "version = 1\n[project]\n"));
  }

  @Test
  void whatCannotBeReadIsASentence() throws IOException {
    assertThat(refusal(folder.resolve("gone.txt")))
        .isEqualTo("python.requirements: there is no file " + folder.resolve("gone.txt"));
    Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(refusal(binary)).contains("is it text in UTF-8?");
    Path large = Files.write(folder.resolve("large.txt"), new byte[(8 << 20) + 1]);
    assertThat(refusal(large)).endsWith("is longer than 8 MiB");
  }
}
