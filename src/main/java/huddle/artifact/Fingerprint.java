package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Tells quickly whether a file or folder of the operator's is as it was: names, sizes, times and
/// targets of links, not contents.
final class Fingerprint {
  private Fingerprint() {}

  /// @param use what it is the source of, for messages
  /// @param remedy if it is not there
  static String of(Path path, String use, String remedy) {
    if (!Files.exists(path)) {
      throw Failure.of("there is no " + path + ", the source of " + use, remedy);
    }
    StringBuilder listing = new StringBuilder();
    try (Stream<Path> files = Files.walk(path.toRealPath())) {
      files.sorted().forEach(file -> listing.append(line(file)).append('\n'));
    } catch (UncheckedIOException e) {
      throw unreadable(path, new IOException(e.getMessage()));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return Digest.sha256(listing.toString());
  }

  private static Failure unreadable(Path path, IOException why) {
    return Failure.of("cannot read " + path + ": " + Reason.ofFile(why), "check its permissions");
  }

  private static String line(Path file) {
    try {
      String target = Files.isSymbolicLink(file) ? " " + Files.readSymbolicLink(file) : "";
      return file
          + (Files.isDirectory(file)
              ? ""
              : " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toInstant())
          + (Files.isExecutable(file) ? " x" : "")
          + target;
    } catch (IOException e) {
      return file + " " + e.getClass().getSimpleName();
    }
  }
}
