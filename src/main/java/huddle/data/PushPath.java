package huddle.data;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A file or folder of this machine that goes to hosts. Links are followed: what arrives are plain
/// files and folders.
///
/// @param name what it is called on hosts
/// @param source absolute
/// @param files size in bytes and time in seconds of each file, by path below it; a file's own is
///   empty, an empty folder's ends with a slash
public record PushPath(String name, Path source, boolean folder, Map<String, Stamp> files) {
  private static final int MOST_FILES = 200_000;

  public PushPath {
    files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /// @param seconds since the epoch
  public record Stamp(long size, long seconds) {
    List<Long> words() {
      return List.of(size, seconds);
    }
  }

  /// Bytes in all.
  public long bytes() {
    return files.values().stream().mapToLong(Stamp::size).sum();
  }

  /// Files in all, without folders.
  public long count() {
    return files.keySet().stream().filter(path -> !path.endsWith("/")).count();
  }

  /// Reads what is there.
  ///
  /// @throws Failure if it cannot be pushed, naming it
  public static PushPath of(Path path) {
    Path source = path.toAbsolutePath().normalize();
    Path last = source.getFileName();
    String name = last == null ? "" : last.toString();
    if (name.isEmpty()) {
      throw Failure.of(path + " has no name to be called by on hosts", "name a folder in it");
    }
    if (name.startsWith(".huddle-part-") || name.chars().anyMatch(Character::isISOControl)) {
      throw Failure.of(path + " has a name that is not pushed", "call it something else");
    }
    if (!Files.exists(source)) {
      throw Failure.of(path + " does not exist", "");
    }
    Map<String, Stamp> files = new TreeMap<>();
    try {
      Files.walkFileTree(
          source, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 200, new Lister(source, files));
    } catch (FileSystemLoopException e) {
      throw Failure.of(e.getFile() + " is a link to a folder that holds it", "remove the link");
    } catch (IOException e) {
      String reason = e.getMessage();
      throw Failure.of("cannot read " + (reason == null ? path : reason), "see its permissions");
    }
    return new PushPath(name, source, Files.isDirectory(source), files);
  }

  private static final class Lister extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Map<String, Stamp> files;

    Lister(Path source, Map<String, Stamp> files) {
      this.source = source;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      try (var entries = Files.newDirectoryStream(folder)) {
        if (!folder.equals(source) && !entries.iterator().hasNext()) {
          add(folder, "/", new Stamp(0, 0));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!attributes.isRegularFile()) {
        throw Failure.of(file + " is neither a file nor a folder", "leave it out");
      }
      if (!Files.isReadable(file)) {
        throw Failure.of(file + " cannot be read", "see its permissions");
      }
      add(
          file,
          "",
          new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.SECONDS)));
      return FileVisitResult.CONTINUE;
    }

    private void add(Path path, String suffix, Stamp stamp) {
      String below = source.relativize(path).toString();
      if (below.chars().anyMatch(Character::isISOControl)) {
        throw Failure.of(path + " has a control character in its name", "rename it");
      }
      files.put(below + suffix, stamp);
      if (files.size() > MOST_FILES) {
        throw Failure.of(
            source + " holds more than " + MOST_FILES + " files", "push it in several parts");
      }
    }
  }
}
