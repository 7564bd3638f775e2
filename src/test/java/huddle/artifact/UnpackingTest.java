package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a host sends, honest or not, in the operator's folder.
class UnpackingTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
  private Path to = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    to = Files.createDirectories(folder.resolve("to"));
  }

  private UnpackingTest add(String name, byte kind, String text) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (kind == TarConstants.LF_NORMAL) {
      entry.setSize(content.length);
    } else {
      entry.setLinkName(text);
    }
    tar.putArchiveEntry(entry);
    if (kind == TarConstants.LF_NORMAL) {
      tar.write(content);
    }
    tar.closeArchiveEntry();
    return this;
  }

  private Unpacking.Unpacked unpack() throws IOException {
    tar.close();
    byte[] all = bytes.toByteArray();
    bytes.reset();
    tar = new TarArchiveOutputStream(bytes);
    return Unpacking.into(to, "h1", new ByteArrayInputStream(all), Progress.SILENT);
  }

  @Test
  void filesLandBesideWhatIsThere() throws IOException {
    Files.writeString(to.resolve("mine"), "mine");
    Files.writeString(to.resolve("x"), "old");
    add("./", TarConstants.LF_DIR, "").add("./x", TarConstants.LF_NORMAL, "new");
    add("./d/y", TarConstants.LF_NORMAL, "y").add("./d/l", TarConstants.LF_SYMLINK, "../x");
    add("./h", TarConstants.LF_LINK, "./x");
    Unpacking.Unpacked unpacked = unpack();
    assertThat(unpacked.files()).isEqualTo(3);
    assertThat(unpacked.leftOut()).isEmpty();
    assertThat(to.resolve("mine")).hasContent("mine");
    assertThat(to.resolve("x")).hasContent("new");
    assertThat(to.resolve("d/l")).hasContent("new");
    assertThat(to.resolve("h")).hasContent("new");
  }

  @Test
  void nothingLandsOutside() throws IOException {
    for (String name : new String[] {"../x", "/etc/x", "a/../../x", "a\u001bb"}) {
      add(name, TarConstants.LF_NORMAL, "x");
      assertThatThrownBy(this::unpack).as(name).hasMessageContaining("is not to be trusted");
    }
    add("l", TarConstants.LF_SYMLINK, "/etc").add("m", TarConstants.LF_SYMLINK, "../..");
    add("p", TarConstants.LF_FIFO, "");
    assertThat(unpack().leftOut()).containsExactly("p", "l", "m");
    add("l", TarConstants.LF_SYMLINK, "d").add("l/x", TarConstants.LF_NORMAL, "x");
    assertThat(unpack().leftOut()).containsExactly("l");
    Files.createSymbolicLink(to.resolve("away"), folder);
    add("away/x", TarConstants.LF_NORMAL, "x");
    assertThatThrownBy(this::unpack).hasMessageContaining("is a link here");
    add("n", TarConstants.LF_LINK, "nowhere");
    assertThatThrownBy(this::unpack).hasMessageContaining("hard link");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void whatBreaksOffIsNoFile() throws IOException {
    add("whole", TarConstants.LF_NORMAL, "whole")
        .add("x", TarConstants.LF_NORMAL, "x".repeat(5_000));
    tar.close();
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), 4_000);
    assertThatThrownBy(
            () -> Unpacking.into(to, "h1", new ByteArrayInputStream(cut), Progress.SILENT))
        .isInstanceOf(IOException.class);
    assertThat(to.resolve("whole")).hasContent("whole");
    try (var left = Files.list(to)) {
      assertThat(left).hasSize(1);
    }
  }
}
