package huddle.artifact;

import huddle.event.Failure;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The operator's cache: plain tars that are whole, each with a receipt beside it that says what it
/// is. A tar without its receipt, or of another size, does not count.
public final class Cache {
  private static final String RECEIPT = ".receipt";

  private final Path folder;

  /// @param folder made when the first thing is put into it
  public Cache(Path folder) {
    this.folder = folder;
  }

  /// A tar in the cache.
  ///
  /// @param identity where its content comes from, with a digest
  /// @param sha256 of the tar itself
  /// @param facts further values, by name
  record Stored(Path tar, String identity, String sha256, long bytes, Map<String, String> facts) {
    Stored {
      facts = Map.copyOf(facts);
    }

    String fact(String name) {
      return facts.getOrDefault(name, "");
    }
  }

  /// What a tar that was just written is to be called.
  record Label(String name, String identity, Map<String, String> facts) {}

  /// Writes a tar; the label may depend on the tar's SHA-256.
  @FunctionalInterface
  interface Writer {
    Function<String, Label> write(OutputStream tar) throws IOException;
  }

  /// A folder of it: `spark` or `java`.
  Path folder(String kind) {
    return folder.resolve(kind);
  }

  /// A tar by its name.
  Optional<Stored> find(String kind, String name) {
    Path tar = folder(kind).resolve(name);
    return Receipt.read(tar.resolveSibling(name + RECEIPT), tar)
        .filter(stored -> isWhole(tar, stored.bytes()));
  }

  /// All tars of a kind.
  List<Stored> all(String kind) {
    try (Stream<Path> files = Files.list(folder(kind))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(RECEIPT))
          .sorted()
          .flatMap(name -> find(kind, name.substring(0, name.length() - RECEIPT.length())).stream())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isWhole(Path tar, long bytes) {
    try {
      return Files.isRegularFile(tar) && Files.size(tar) == bytes;
    } catch (IOException e) {
      return false;
    }
  }

  /// Does something while no other process, and no other thread, does the same.
  <T> T locked(String kind, String name, Progress progress, Supplier<T> work) {
    try (CacheLock _ = CacheLock.take(folder(kind).resolve(name + ".lock"), progress)) {
      return work.get();
    }
  }

  /// What a file or folder of the operator's was made into before, or is made into now.
  ///
  /// @param key begins with its [Fingerprint]; the tar has it as its fact `key`
  /// @param make given the name of the work, see [#store]
  Stored local(String kind, String key, Progress progress, Function<String, Stored> make) {
    String work = "local-" + key.substring(0, 12);
    return locked(
        kind,
        work,
        progress,
        () ->
            all(kind).stream()
                .filter(known -> known.fact("key").equals(key))
                .findFirst()
                .orElseGet(() -> make.apply(work)));
  }

  /// Fails before anything is fetched if the disk is too small.
  void needs(String kind, long bytes) {
    Path place = folder(kind);
    try {
      Files.createDirectories(place);
      // 0 where it is unknown, as in a chroot whose root is no mount point.
      long free = place.toFile().getUsableSpace();
      if (free > 0 && free < bytes) {
        throw Failure.of(
            "%s has %d MiB free; %d MiB are needed".formatted(place, free >> 20, bytes >> 20),
            "free some space, or name another folder in XDG_CACHE_HOME");
      }
    } catch (IOException e) {
      throw Reason.unwritable(place, e);
    }
  }

  /// Writes a tar under a temporary name and gives it its name once it is whole and on the disk.
  /// The caller holds the lock of `work`.
  ///
  /// @param work names the temporary file
  Stored store(String kind, String work, Writer writer) {
    Path part = folder(kind).resolve(work + ".part");
    try {
      Files.createDirectories(folder(kind));
      MessageDigest digest = Digest.start("sha256");
      Label label;
      String sha256;
      try (FileOutputStream file = new FileOutputStream(part.toFile())) {
        OutputStream out = new BufferedOutputStream(new DigestOutputStream(file, digest), 1 << 18);
        Function<String, Label> naming = writer.write(out);
        out.flush();
        file.getFD().sync();
        sha256 = HexFormat.of().formatHex(digest.digest());
        label = naming.apply(sha256);
      }
      Path tar = folder(kind).resolve(label.name());
      Stored stored = new Stored(tar, label.identity(), sha256, Files.size(part), label.facts());
      Path receipt = folder(kind).resolve(label.name() + RECEIPT);
      Files.deleteIfExists(receipt);
      Files.move(part, tar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Receipt.write(receipt, stored);
      return stored;
    } catch (IOException e) {
      throw Reason.unwritable(part, e);
    } finally {
      discard(part);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It is overwritten by the next try.
    }
  }
}
