package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// The operator's private folder for ControlMaster sockets: who can write there can use every
/// connection.
public final class SocketDirectory {
  /// A socket's path has at most 103 bytes (macOS; 107 on Linux), of which a name of 16 and ssh's
  /// own suffix of 17 are needed.
  private static final int LONGEST = 65;

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private SocketDirectory() {}

  /// `$XDG_RUNTIME_DIR/huddle`, or `/tmp/huddle-UID` where that is unset, missing or too long.
  public static Path open(Map<String, String> environment) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty() && Files.isWritable(Path.of(runtime))) {
      Path directory = Path.of(runtime, "huddle");
      if (directory.toString().length() <= LONGEST) {
        return secured(directory);
      }
    }
    return secured(Path.of("/tmp", "huddle-" + uid()));
  }

  /// The directory, made if need be, if it is nobody else's.
  static Path secured(Path directory) {
    try {
      try {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
      } catch (FileAlreadyExistsException e) {
        // Looked at below.
      }
      boolean ours =
          Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
              && uid()
                  == (Integer) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
              && Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
                  .equals(PRIVATE);
      if (!ours) {
        throw Failure.of(
            directory
                + " is not a folder that only you can enter, so ssh's sockets are not safe there",
            "see whose it is (ls -ld " + directory + "), remove it and run the command again");
      }
      return directory;
    } catch (IOException e) {
      throw Failure.of(
          "the folder for ssh's sockets cannot be made: " + e, "make " + directory + " writable");
    }
  }

  private static int uid() {
    try {
      Path probe = Files.createTempFile("huddle", null);
      try {
        return (Integer) Files.getAttribute(probe, "unix:uid");
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw Failure.of("no temporary file can be made: " + e, "free or fix the temporary folder");
    }
  }
}
