package huddle.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/// A folder for one piece of work, in the cache; closing removes it. Who works in it makes it.
///
/// @param path where nothing is yet
record WorkFolder(Path path) implements AutoCloseable {
  /// One of this process alone.
  ///
  /// @param work begins its name
  static WorkFolder fresh(Path parent, String work) {
    return new WorkFolder(parent.resolve(work + "-" + UUID.randomUUID()));
  }

  /// One that is always the same, without what a run left there that was broken off. The caller
  /// holds a lock.
  static WorkFolder emptied(Path path) {
    WorkFolder folder = new WorkFolder(path);
    try {
      folder.remove();
    } catch (IOException e) {
      throw Reason.unwritable(path, e);
    }
    return folder;
  }

  private void remove() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    try {
      remove();
    } catch (IOException e) {
      // It lies in the cache; the next run makes another, or empties it.
    }
  }
}
