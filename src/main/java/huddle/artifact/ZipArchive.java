package huddle.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// A zip, in the order of its own table.
record ZipArchive(Path file) implements Source {
  private static final int LONGEST_LINK = 4000;

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void each(Visitor visitor) throws IOException, Hostile {
    try (ZipFile zip = open()) {
      for (ZipArchiveEntry header : Collections.list(zip.getEntries())) {
        String name = EntryName.of(header.getName());
        if (header.isDirectory()) {
          visitor.visit(new Entry.Folder(name));
          continue;
        }
        try (InputStream in = content(zip, header)) {
          visitor.visit(
              header.isUnixSymlink()
                  ? new Entry.Link(name, target(in))
                  : new Entry.File(name, isExecutable(header, name), header.getSize(), in));
        }
      }
    }
  }

  private ZipFile open() throws TarWriter.UnreadableException {
    try {
      return ZipFile.builder().setPath(file).get();
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }

  private static InputStream content(ZipFile zip, ZipArchiveEntry header)
      throws TarWriter.UnreadableException {
    try {
      return zip.getInputStream(header);
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }

  private static String target(InputStream in) throws TarWriter.UnreadableException {
    try {
      return new String(in.readNBytes(LONGEST_LINK + 1), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }

  // A zip made without Unix modes says nothing of the executable bit.
  private static boolean isExecutable(ZipArchiveEntry header, String name) {
    return header.getUnixMode() == 0
        ? name.matches("(.*/)?(s?bin/[^/]+|lib/(jexec|jspawnhelper))")
        : (header.getUnixMode() & 0111) != 0;
  }
}
