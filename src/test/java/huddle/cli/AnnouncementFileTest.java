package huddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementFileTest {
  private static final Announced ANNOUNCED = Announced.url("http://127.0.0.1:1/?huddle=a");

  @TempDir Path folder;
  private AnnouncementFile file;

  @BeforeEach
  void name() {
    file = new AnnouncementFile(folder.resolve("detached-test-pages.json"));
  }

  private void write(RunningProcess process) throws IOException {
    file.write(new AnnouncementFile.State(process, ANNOUNCED), Map.of("what", "pages"));
  }

  @Test
  void isForTheOperatorAloneAndCountsWhileItsProcessLives() throws IOException {
    assertThat(file.living()).isEmpty();
    RunningProcess self = RunningProcess.self();
    write(self);
    assertThat(file.living()).contains(ANNOUNCED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    write(new RunningProcess(self.pid(), self.start() + "1"));
    assertThat(file.living()).isEmpty();
    assertThat(file.read()).isPresent();
  }

  @Test
  void isRemovedByItsOwnProcessOnly() throws IOException {
    RunningProcess self = RunningProcess.self();
    write(self);
    file.remove(new RunningProcess(self.pid(), "1"));
    assertThat(file.path()).exists();
    file.remove(self);
    assertThat(file.path()).doesNotExist();
  }

  @Test
  void endsTheProcess() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    write(RunningProcess.of(process.pid()).orElseThrow());
    assertThat(file.end()).isTrue();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(file.path()).doesNotExist();
    assertThat(file.end()).isFalse();
  }

  @Test
  void whatMakesNoSenseIsNone() throws IOException {
    Files.writeString(file.path(), "[{");
    assertThat(file.read()).isEmpty();
    Files.writeString(file.path(), "{\"pid\":\"1\",\"start\":2}");
    assertThat(file.read()).isEmpty();
  }
}
