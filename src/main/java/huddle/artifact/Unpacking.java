package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Unpacks a tar that a host sent into a folder of the operator's, whatever the host put into it:
/// nothing lands outside, each file appears whole or not at all, and what is there besides stays.
public final class Unpacking {
  private static final int MOST_ENTRIES = 1_000_000;
  private static final long STEP = 4 << 20;

  private final Path folder;
  private final String from;
  private final Progress progress;
  private final Set<String> written = new HashSet<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 16];
  private long bytes;
  private long told;

  /// @param from who sent it, for messages
  private Unpacking(Path folder, String from, Progress progress) {
    this.folder = folder;
    this.from = from;
    this.progress = progress;
  }

  /// @param files how many were written
  /// @param leftOut names of what is neither file nor folder, and of links that lead elsewhere
  public record Unpacked(int files, long bytes, List<String> leftOut) {
    public Unpacked {
      leftOut = List.copyOf(leftOut);
    }
  }

  /// @throws Failure if it cannot be written here, or holds what no honest host sends
  /// @throws IOException if it breaks off
  public static Unpacked into(Path folder, String from, InputStream tar, Progress progress)
      throws IOException {
    Unpacking unpacking = new Unpacking(folder, from, progress);
    try {
      return unpacking.all(new TarArchiveInputStream(tar, StandardCharsets.UTF_8.name()));
    } catch (Hostile e) {
      throw Failure.of("what it sent is not to be trusted: it holds " + e.what(), "");
    } catch (IllegalArgumentException e) {
      throw new IOException("what it sent is no tar", e);
    }
  }

  private Unpacked all(TarArchiveInputStream tar) throws IOException, Hostile {
    int entries = 0;
    for (TarArchiveEntry header = tar.getNextEntry(); header != null; header = tar.getNextEntry()) {
      if (++entries > MOST_ENTRIES) {
        throw new Hostile("more than " + MOST_ENTRIES + " entries");
      }
      String name = EntryName.of(header.getName());
      if (header.isSymbolicLink()) {
        links.put(name, header.getLinkName());
      } else if (header.isDirectory()) {
        folder(name);
      } else if (header.isLink()) {
        String target = EntryName.of(header.getLinkName());
        if (!written.contains(target)) {
          throw new Hostile("a hard link to what it does not hold: " + name);
        }
        try (InputStream same = Files.newInputStream(folder.resolve(target))) {
          write(name, header, same, Files.size(folder.resolve(target)));
        }
      } else if (isPlain(header)) {
        write(name, header, tar, header.getRealSize());
      } else {
        leftOut.add(name);
      }
    }
    // Last, so that nothing was ever written through one.
    for (Map.Entry<String, String> link : links.entrySet()) {
      link(link.getKey(), link.getValue());
    }
    return new Unpacked(written.size(), bytes, leftOut);
  }

  private static boolean isPlain(TarArchiveEntry header) {
    return switch (header.getLinkFlag()) {
      case TarConstants.LF_NORMAL,
          TarConstants.LF_OLDNORM,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          true;
      default -> false;
    };
  }

  /// Makes it, through no link.
  private void folder(String name) throws IOException {
    Path at = folder;
    Files.createDirectories(at);
    for (String part : name.isEmpty() ? List.<String>of() : List.of(name.split("/", -1))) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        throw Failure.of(
            at + " is a link here; it was left alone", "remove it, or name another --to");
      }
      if (!Files.isDirectory(at)) {
        if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          throw Failure.of(
              "%s is a file here and a folder on %s".formatted(at, from), "name another --to");
        }
        Files.createDirectory(at);
      }
    }
  }

  private void write(String name, TarArchiveEntry header, InputStream in, long size)
      throws IOException, Hostile {
    if (name.isEmpty() || size < 0) {
      throw new Hostile("a file without a name or size");
    }
    folder(EntryName.parent(name));
    Path file = folder.resolve(name);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Failure.of(
          "%s is a folder here and a file on %s".formatted(file, from), "name another --to");
    }
    long free = folder.toFile().getUsableSpace();
    if (free > 0 && free < size) {
      throw Failure.of(
          "%s has %d MiB free; %s alone takes %d".formatted(folder, free >> 20, name, size >> 20),
          "free some space, or name another --to");
    }
    Path part = file.resolveSibling(".huddle-part-" + Digest.sha256(name).substring(0, 12));
    Files.deleteIfExists(part);
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy(in, out, size);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    if ((header.getMode() & 0111) != 0) {
      Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(part));
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(part, permissions);
    }
    Files.setLastModifiedTime(part, header.getLastModifiedTime());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written.add(name);
  }

  private void copy(InputStream in, OutputStream out, long size) throws IOException {
    long left = size;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n <= 0) {
        throw new IOException("it broke off");
      }
      out.write(buffer, 0, n);
      left -= n;
      bytes += n;
      if (bytes - told >= STEP) {
        told = bytes;
        progress.at("", bytes, 0);
      }
    }
  }

  private void link(String name, String target) throws IOException {
    Path link = folder.resolve(name);
    if (name.isEmpty()
        || written.contains(name)
        || EntryName.linkProblem(name, target).isPresent()
        || Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
      leftOut.add(name);
      return;
    }
    folder(EntryName.parent(name));
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }
}
