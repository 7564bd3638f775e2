package huddle.artifact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Names in archives. Pure.
final class EntryName {
  private EntryName() {}

  /// The name without `./` and trailing slash, empty for the archive's root.
  ///
  /// @throws Hostile if it leaves the tree or cannot be a file's name
  static String of(String raw) throws Hostile {
    if (raw.startsWith("/")) {
      throw new Hostile("an absolute path: " + raw);
    }
    if (raw.codePoints().anyMatch(Character::isISOControl)) {
      throw new Hostile("a control character in a name: " + raw);
    }
    if (raw.getBytes(StandardCharsets.UTF_8).length > 4000) {
      throw new Hostile("a name of more than 4000 bytes");
    }
    List<String> parts = new ArrayList<>();
    for (String part : raw.split("/", -1)) {
      if (part.equals("..")) {
        throw new Hostile("a path that leaves it: " + raw);
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > 255) {
        throw new Hostile("a name of more than 255 bytes");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /// The folder that holds it; empty for the root.
  static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /// Its first part.
  static String first(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /// All but its first part; empty if there is no more.
  static String rest(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "" : name.substring(slash + 1);
  }

  /// Why a symbolic link is not to be trusted, if so. It may climb only at its beginning: then, as
  /// no entry lies behind a link, it stays inside whatever other links there are.
  static Optional<String> linkProblem(String name, String target) {
    if (target.isEmpty() || target.startsWith("/")) {
      return Optional.of("a link to an absolute path: " + name + " -> " + target);
    }
    if (target.codePoints().anyMatch(Character::isISOControl) || target.length() > 4000) {
      return Optional.of("a link whose target cannot be a path: " + name);
    }
    int depth = (int) name.chars().filter(c -> c == '/').count();
    boolean descending = false;
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
        if (descending || depth < 0) {
          return Optional.of("a link that leaves it: " + name + " -> " + target);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        descending = true;
      }
    }
    return Optional.empty();
  }
}
