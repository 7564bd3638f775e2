package huddle.artifact;

import java.util.HashMap;
import java.util.Map;

/// A folder that a tar is unpacked into, in memory: fails as soon as something would be written or
/// would point outside. Knows nothing of [EntryName]: it follows links as a kernel does.
final class UnpackedTree {
  private static final String FOLDER = "folder";
  private static final String FILE = "file";
  private static final int MOST_LINKS = 40;

  /// By path without slashes at its ends: what it is, or `-> target`.
  private final Map<String, String> things = new HashMap<>();

  UnpackedTree() {
    things.put("", FOLDER);
  }

  void folder(String name) {
    put(name.replaceAll("/$", ""), FOLDER);
  }

  void file(String name) {
    put(name, FILE);
  }

  void link(String name, String target) {
    put(name, "-> " + target);
  }

  void hardLink(String name, String target) {
    if (!FILE.equals(things.get(target))) {
      throw new AssertionError("a hard link to " + target);
    }
    put(name, FILE);
  }

  private void put(String name, String thing) {
    if (name.isEmpty() || name.startsWith("/")) {
      throw new AssertionError("unpacks at \"" + name + "\"");
    }
    String parent = "";
    String[] parts = name.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty() || parts[i].equals(".") || parts[i].equals("..")) {
        throw new AssertionError("unpacks at \"" + name + "\"");
      }
      if (!FOLDER.equals(things.get(parent))) {
        throw new AssertionError(name + " lies behind what is no folder: " + parent);
      }
      parent = parent.isEmpty() ? parts[i] : parent + "/" + parts[i];
    }
    if (things.putIfAbsent(name, thing) != null) {
      throw new AssertionError(name + " comes twice");
    }
  }

  /// No link leads outside, whatever others it goes through.
  void checkLinks() {
    things.forEach((name, thing) -> {
      if (thing.startsWith("-> ")) {
        follow(name, new int[] {0});
      }
    });
  }

  /// Where a path leads; empty text is the folder itself. Ends at what is not there.
  private String follow(String path, int[] links) {
    String at = "";
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        if (at.isEmpty()) {
          throw new AssertionError("a link leads outside: " + path);
        }
        at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "";
        continue;
      }
      String next = at.isEmpty() ? part : at + "/" + part;
      String thing = things.get(next);
      if (thing != null && thing.startsWith("-> ")) {
        if (++links[0] > MOST_LINKS) {
          return next;
        }
        String target = thing.substring(3);
        if (target.startsWith("/")) {
          throw new AssertionError("a link leads outside: " + next + thing);
        }
        next = follow(at.isEmpty() ? target : at + "/" + target, links);
      }
      at = next;
    }
    return at;
  }
}
