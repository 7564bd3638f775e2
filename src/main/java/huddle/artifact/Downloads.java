package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Fetches files that are known by their digest. Bytes gather in `<file>.part` and go on from there
/// after a break; the file gets its name only once its digest is right. Callers hold the cache's
/// lock on it.
public final class Downloads {
  private static final int TRIES = 3;
  // Each try that brings this much on starts the count of tries anew; a file is finite.
  private static final long HEADWAY = 1 << 20;

  private final Http http;
  private final Duration pause;

  /// @param pause before a second try
  public Downloads(Http http, Duration pause) {
    this.http = http;
    this.pause = pause;
  }

  /// A file to fetch.
  ///
  /// @param what it is called in messages: `Spark 4.3.0`
  /// @param size in bytes, where the index states it
  /// @param limit in bytes: more is never taken
  /// @param credentials for the address's own server
  public record Wanted(
      String what,
      URI uri,
      Digest digest,
      OptionalLong size,
      long limit,
      Optional<Credentials> credentials) {}

  /// Makes the file exist with the right bytes.
  ///
  /// @throws Failure if that cannot be done, with the server's name, what was expected and what
  ///   came
  public void fetch(Wanted wanted, Path file, Progress progress) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file) && wanted.digest().equals(wanted.digest().sameOf(file))) {
        return;
      }
      Files.deleteIfExists(file);
      boolean resumed = Files.exists(part) && Files.size(part) > 0;
      receive(wanted, part, progress);
      Optional<String> damage = damage(wanted, part, progress);
      if (damage.isPresent() && resumed) {
        // What an earlier run left was perhaps of another file: once more from the start.
        Files.delete(part);
        receive(wanted, part, progress);
        damage = damage(wanted, part, progress);
      }
      if (damage.isPresent()) {
        Files.delete(part);
        throw Failure.of(
            damage.get(),
            "run it again; if it stays so, the mirror or a proxy on the way is broken: choose"
                + " another");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Reason.unwritable(part, e);
    }
  }

  private static Optional<String> damage(Wanted wanted, Path part, Progress progress)
      throws IOException {
    long size = Files.size(part);
    progress.at("Checking " + wanted.what(), size, size);
    Digest found = wanted.digest().sameOf(part);
    return found.equals(wanted.digest())
        ? Optional.empty()
        : Optional.of(
            "%s from %s is damaged: expected %s, got %s (%d bytes)"
                .formatted(wanted.what(), Http.shown(wanted.uri()), wanted.digest(), found, size));
  }

  private void receive(Wanted wanted, Path part, Progress progress) throws IOException {
    IOException last = new IOException("no answer");
    for (int tries = 0; tries < TRIES; tries++) {
      if (tries > 0) {
        rest(pause.multipliedBy(tries));
      }
      long before = Files.exists(part) ? Files.size(part) : 0;
      if (before > 0 && before == wanted.size().orElse(-1)) {
        return;
      }
      if (before > wanted.size().orElse(wanted.limit())) {
        Files.delete(part);
        before = 0;
      }
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        PartFile receiver = new PartFile(wanted, out, before, progress);
        try {
          http.get(request(wanted, before), receiver);
          if (receiver.isWhole()) {
            return;
          }
          last = new IOException(receiver.shortfall());
        } catch (PartFile.LocalException e) {
          throw e.because();
        } catch (IOException e) {
          last = e;
        }
        if (out.size() - before >= HEADWAY) {
          tries = 0;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.of("interrupted while fetching " + wanted.what(), "");
      }
    }
    throw Reason.unreachable(wanted.what(), wanted.uri(), last);
  }

  private static Http.Get request(Wanted wanted, long from) {
    return new Http.Get(
        WebAddress.withoutLogin(wanted.uri()),
        from == 0 ? Map.of() : Map.of("Range", "bytes=" + from + "-"),
        wanted.credentials());
  }

  private static void rest(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of("interrupted while fetching", "");
    }
  }
}
