package huddle.artifact;

import huddle.event.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Whatever an archive holds, it is refused or becomes a tar that writes nothing outside the folder
/// it is unpacked in. An input is an archive, or a text that describes one ([HostileArchive]).
public final class ArchiveFuzz {
  private static final List<Layout> LAYOUTS =
      List.of(
          name -> Optional.of(name), Layouts.sdist(), Layouts.sparkTarball(), Layouts.sparkHome());

  private static final Path FILE = file();

  private ArchiveFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, HostileArchive.of(input));
    for (Layout layout : LAYOUTS) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TarWriter tar = new TarWriter(out);
      try {
        Arranger.arrange(
            Archive.open(FILE, "an archive", Progress.SILENT), layout, tar, name -> {});
        tar.finish();
      } catch (Failure refused) {
        continue;
      }
      check(out.toByteArray());
    }
  }

  /// Goes through what tar would do, with rules of its own.
  private static void check(byte[] bytes) throws IOException {
    UnpackedTree tree = new UnpackedTree();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if ((e.getMode() & ~0777) != 0) {
          throw new AssertionError("a mode of " + Integer.toOctalString(e.getMode()));
        }
        switch (e.getLinkFlag()) {
          case TarConstants.LF_DIR -> tree.folder(e.getName());
          case TarConstants.LF_NORMAL -> tree.file(e.getName());
          case TarConstants.LF_SYMLINK -> tree.link(e.getName(), e.getLinkName());
          case TarConstants.LF_LINK -> tree.hardLink(e.getName(), e.getLinkName());
          default -> throw new AssertionError("an entry of kind " + (char) e.getLinkFlag());
        }
      }
    }
    tree.checkLinks();
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("huddle-fuzz", ".archive");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
