package huddle.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of the operator's own, sorted by name. Links that stay inside stay links; what other
/// links lead to is taken along, as distributions keep a JDK's settings under `/etc`.
record FolderSource(Path folder) implements Source {
  private static final int DEEPEST = 40;

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public void each(Visitor visitor) throws IOException, Hostile {
    walk(real(folder), "", 0, visitor);
  }

  private void walk(Path here, String prefix, int depth, Visitor visitor)
      throws IOException, Hostile {
    if (depth > DEEPEST) {
      throw new Hostile("folders or links more than " + DEEPEST + " deep: " + prefix);
    }
    for (Path child : children(here)) {
      String name = EntryName.of(prefix + child.getFileName());
      Optional<String> link = insideLink(child, name);
      if (link.isPresent()) {
        visitor.visit(new Entry.Link(name, link.get()));
      } else if (Files.isDirectory(child)) {
        visitor.visit(new Entry.Folder(name));
        walk(child, name + "/", depth + 1, visitor);
      } else if (Files.isRegularFile(child)) {
        try (InputStream in = open(child)) {
          visitor.visit(new Entry.File(name, Files.isExecutable(child), Files.size(child), in));
        }
      } else if (Files.exists(child, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(child)) {
        throw new Hostile("a device: " + name);
      }
    }
  }

  // A link that leads nowhere is left out by the caller: it is no folder and no file.
  private Optional<String> insideLink(Path child, String name) throws IOException {
    if (!Files.isSymbolicLink(child) || !Files.exists(child)) {
      return Optional.empty();
    }
    String target = Files.readSymbolicLink(child).toString();
    return real(child).startsWith(real(folder)) && EntryName.linkProblem(name, target).isEmpty()
        ? Optional.of(target)
        : Optional.empty();
  }

  private static List<Path> children(Path folder) throws TarWriter.UnreadableException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }

  private static Path real(Path path) throws TarWriter.UnreadableException {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }

  private static InputStream open(Path file) throws TarWriter.UnreadableException {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new TarWriter.UnreadableException(e);
    }
  }
}
