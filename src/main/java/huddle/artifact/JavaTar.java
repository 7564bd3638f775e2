package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Arranges any form of a JDK as the one tar.
final class JavaTar {
  private JavaTar() {}

  /// Writes it.
  ///
  /// @return what its release file says
  /// @throws Failure if it is no JDK
  static JavaRelease write(Source source, Layout layout, OutputStream out) throws IOException {
    ReleaseFile releaseFile = new ReleaseFile();
    TarWriter tar = new TarWriter(out);
    boolean[] launcher = {false};
    Arranger.arrange(
        new FilteredSource(source, releaseFile),
        layout,
        tar,
        name -> launcher[0] |= name.equals("bin/java"));
    tar.finish();
    Optional<JavaRelease> release = releaseFile.release();
    if (!launcher[0] || release.isEmpty()) {
      throw Failure.of(
          source.name() + " is no JDK: it has no " + (launcher[0] ? "release file" : "bin/java"),
          "name the archive or folder of a JDK: java: {source: …}");
    }
    return release.get();
  }

  /// Fails if a runtime will not do for a host.
  static void check(JavaRelease release, JavaNeed need, String from) {
    String lack = null;
    if (!need.majors().contains(release.major())) {
      lack = "it is Java " + release.major() + "; needed: " + need.majors();
    } else if (!release.platform().orElse(need.host()).equals(need.host())) {
      lack = "it is for " + release.platform().orElse(need.host()) + ", the host is " + need.host();
    } else if (need.vectorModule()
        && !release.modules().isEmpty()
        && !release.modules().contains("jdk.incubator.vector")) {
      lack = "it lacks the module jdk.incubator.vector, which Spark 4 needs";
    }
    if (lack != null) {
      throw Failure.of(from + " will not do: " + lack, "name another JDK: java: {source: …}");
    }
  }

  /// Reads the release file as it passes.
  private static final class ReleaseFile implements FilteredSource.Filter {
    private static final int LIMIT = 1 << 16;
    private @Nullable JavaRelease release;

    Optional<JavaRelease> release() {
      return Optional.ofNullable(release);
    }

    @Override
    public Entry.File pass(Entry.File file) throws IOException {
      if (!file.name().matches("([^/]+/)?release") || file.size() > LIMIT) {
        return file;
      }
      byte[] bytes = file.bytes().readNBytes((int) file.size());
      release = JavaRelease.parse(new String(bytes, StandardCharsets.UTF_8)).orElse(release);
      return file.with(bytes);
    }
  }
}
