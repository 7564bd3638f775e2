package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// uv out of the Python index, as a wheel, kept in the cache: for operators who have no uv.
final class UvWheel {
  private static final String KIND = "uv";
  private static final long LIMIT = 200L << 20;
  private static final Pattern WHEEL =
      Pattern.compile("uv-([0-9]+)\\.([0-9]+)\\.([0-9]+)-py3-none-([a-z0-9_.]+)\\.whl");

  private final Cache cache;
  private final String tag;

  /// @param os as Java names it; `arch` likewise
  UvWheel(Cache cache, String os, String arch, boolean musl) {
    this.cache = cache;
    this.tag = tag(os.toLowerCase(Locale.ROOT), arch.toLowerCase(Locale.ROOT), musl);
  }

  /// For this machine.
  static UvWheel here(Cache cache) {
    String arch = System.getProperty("os.arch", "");
    boolean musl =
        Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
            || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"));
    return new UvWheel(cache, System.getProperty("os.name", ""), arch, musl);
  }

  private static String tag(String os, String arch, boolean musl) {
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    if (os.startsWith("mac")) {
      return arm ? "macosx_[0-9]+_0_arm64" : "macosx_[0-9]+_[0-9]+_x86_64";
    }
    String machine = arm ? "aarch64" : arch.replace("amd64", "x86_64");
    return (musl ? "musllinux_1_[0-9]+_" : "manylinux_2_[0-9]+_") + Pattern.quote(machine);
  }

  /// The program in the cache; empty if it was never fetched.
  Optional<Path> cached() {
    try (Stream<Path> files = Files.list(cache.folder(KIND))) {
      return files
          .filter(file -> file.getFileName().toString().matches("uv-[0-9.]+"))
          .filter(Files::isExecutable)
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The program, fetched and verified if it is not in the cache.
  ///
  /// @param index asked only then
  Path get(Supplier<PythonIndex> index, Progress progress) {
    return cached()
        .orElseGet(() ->
            cache.locked(
                KIND,
                "uv",
                progress,
                () -> cached().orElseGet(() -> fetch(index.get(), progress))));
  }

  private Path fetch(PythonIndex index, Progress progress) {
    IndexFile wheel =
        newest(index.files("uv"))
            .orElseThrow(() ->
                Failure.of(
                    index.name() + " has no wheel of uv for this machine",
                    "install uv 0.6 or newer and put it on the PATH"));
    Matcher name = WHEEL.matcher(wheel.name());
    if (!name.matches()) {
      throw new IllegalStateException(wheel.name());
    }
    String version = "%s.%s.%s".formatted(name.group(1), name.group(2), name.group(3));
    cache.needs(KIND, 300L << 20);
    Path file = cache.folder(KIND).resolve("uv-" + version + ".download");
    index.fetch(wheel, "uv " + version, LIMIT, file, progress);
    Path program = cache.folder(KIND).resolve("uv-" + version);
    try {
      Path part = program.resolveSibling(program.getFileName() + ".part");
      unpack(file, part);
      Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Reason.unwritable(program, e);
    }
    return program;
  }

  /// The newest one that fits and is not withdrawn.
  Optional<IndexFile> newest(List<IndexFile> files) {
    return files.stream()
        .filter(file -> !file.yanked() && file.digest().isPresent())
        .filter(file -> fits(file.name()))
        .max(Comparator.comparing(IndexFile::name, UvWheel::older));
  }

  private boolean fits(String name) {
    Matcher matcher = WHEEL.matcher(name);
    return matcher.matches()
        && Pattern.compile("(?:.*\\.)?" + tag + "(?:\\..*)?").matcher(matcher.group(4)).matches();
  }

  private static int older(String one, String other) {
    Matcher first = WHEEL.matcher(one);
    Matcher second = WHEEL.matcher(other);
    if (!first.matches() || !second.matches()) {
      return 0;
    }
    for (int part = 1; part <= 3; part++) {
      int order = Integer.compare(number(first.group(part)), number(second.group(part)));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int number(String digits) {
    return digits.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static void unpack(Path wheel, Path program) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(wheel).get()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntries();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        if (entry.getName().matches("uv-[^/]+\\.data/scripts/uv")) {
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
          }
          if (!program.toFile().setExecutable(true, false)) {
            throw new IOException("it cannot be made executable");
          }
          return;
        }
      }
    }
    throw Failure.of(
        "the wheel of uv holds no program uv", "install uv 0.6 or newer and put it on the PATH");
  }
}
