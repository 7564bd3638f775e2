package huddle.data;

import java.util.List;
import java.util.Optional;

/// Paths on hosts, as a person types them.
public final class HostPath {
  private HostPath() {}

  /// What is wrong with one to pull: the second half of a sentence; empty if it is right.
  public static Optional<String> problem(String path) {
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    if (path.chars().anyMatch(Character::isISOControl) || path.length() > 4000) {
      return Optional.of("is no path");
    }
    if (path.startsWith("~")) {
      return Optional.of("starts in a home, of which each host has its own; write it from / on");
    }
    if (List.of(path.split("/", -1)).contains("..")) {
      return Optional.of("climbs with ..; write the path without it");
    }
    return Optional.empty();
  }

  /// What is wrong with a folder that files go to.
  public static Optional<String> folderProblem(String path) {
    if (!path.startsWith("/")) {
      return Optional.of("is not absolute; the folder is the same on every host, as /data/shared");
    }
    if (path.matches("/+[^/]*/*")) {
      return Optional.of("is too wide; write a folder in it, as /data/shared");
    }
    return problem(path);
  }
}
