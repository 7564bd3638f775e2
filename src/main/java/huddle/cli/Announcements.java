package huddle.cli;

import huddle.event.Failure;
import huddle.spec.ClusterSpec;
import huddle.ssh.SocketDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// What runs in the background for one cluster, as files of the private runtime folder.
///
/// @param prefix of their names
record Announcements(Path folder, String prefix) {
  private static final String SUFFIX = ".json";
  private static final String LOCK = ".lock";

  static Announcements of(Context context, ClusterSpec spec) {
    return new Announcements(SocketDirectory.open(context.environment()), prefix(spec));
  }

  /// A cluster is its name and its Master's host: another file may name another one the same.
  private static String prefix(ClusterSpec spec) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          spec.hosts().getFirst().destination().toString().getBytes(StandardCharsets.UTF_8));
      return "detached-"
          + spec.name()
          + "-"
          + HexFormat.of().formatHex(digest.digest(), 0, 4)
          + "-";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param what of the cluster, such as `pages`
  AnnouncementFile file(String what) {
    return new AnnouncementFile(folder.resolve(prefix + what + SUFFIX));
  }

  /// Held while one is started.
  Path lock(String what) {
    return folder.resolve(prefix + what + SUFFIX + LOCK);
  }

  /// All that are there, by what they are of. Removes locks.
  Map<String, AnnouncementFile> all() {
    Map<String, AnnouncementFile> all = new LinkedHashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(LOCK)) {
          Files.deleteIfExists(file);
        } else {
          all.put(
              name.substring(prefix.length(), name.length() - SUFFIX.length()),
              new AnnouncementFile(file));
        }
      }
    } catch (IOException e) {
      throw Failure.of(folder + " cannot be read: " + e.getMessage(), "");
    }
    return all;
  }
}
