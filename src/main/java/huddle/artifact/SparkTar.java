package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Arranges any form of Spark as the one tar.
final class SparkTar {
  /// More than any release needs: 4.3.0 takes 456 MB to fetch and 500 MB as a tar.
  static final long LIMIT = 2L << 30;

  private SparkTar() {}

  /// Writes it.
  ///
  /// @param wanted a version that it must be
  /// @return its version
  static String write(Source source, Layout layout, Optional<String> wanted, OutputStream out)
      throws IOException {
    SparkContents contents = new SparkContents();
    TarWriter tar = new TarWriter(out);
    Arranger.arrange(source, layout, tar, contents::see);
    String version = contents.version(source.name());
    if (!version.equals(wanted.orElse(version))) {
      throw Failure.of(
          "%s is Spark %s, not %s".formatted(source.name(), version, wanted.orElse("")),
          "write spark: {version: " + version + "} or name another source");
    }
    Optional<String> release = contents.missingRelease();
    if (release.isPresent()) {
      try {
        tar.addText("RELEASE", release.get());
      } catch (Hostile e) {
        throw new IllegalStateException(e);
      }
    }
    tar.finish();
    return version;
  }
}
