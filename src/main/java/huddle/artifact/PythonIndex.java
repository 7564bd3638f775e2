package huddle.artifact;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The Python index that pip or uv is configured for, and what it has of a project, above all of
/// `pyspark`.
public final class PythonIndex {
  private static final String PREFIX = "pyspark-";
  private static final String SUFFIX = ".tar.gz";
  private static final String ACCEPT =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
          + " text/html;q=0.1";

  private final IndexAddress address;
  private final Http http;
  private final Duration pause;
  private final Map<String, List<IndexFile>> files = new HashMap<>();

  PythonIndex(IndexAddress address, Http http, Duration pause) {
    this.address = address;
    this.http = http;
    this.pause = pause;
  }

  /// A source package.
  ///
  /// @param size in bytes, if the index states it
  /// @param requiresPython for example `>=3.11`; empty if unknown
  public record Sdist(URI uri, Digest digest, OptionalLong size, String requiresPython) {}

  /// Asks the operator's pip and uv which index that is.
  public static PythonIndex find(OperatorEnvironment environment, Commands commands) {
    IndexAddress address = new IndexFinder(environment, commands).find();
    Http http =
        Http.of(environment, address.certificates(), address.proxy(), Duration.ofSeconds(60));
    return new PythonIndex(address, http, SparkSource.PAUSE);
  }

  /// Host and origin, for messages; holds no secret.
  public String name() {
    return address.name();
  }

  /// Every stable version with a source package that is not withdrawn, in the index's order.
  public List<String> versions() {
    return files("pyspark").stream()
        .filter(file -> !file.yanked() && file.digest().isPresent())
        .flatMap(file -> version(file).stream())
        .filter(version -> SparkVersion.parse(version).isPresent())
        .toList();
  }

  private static Optional<String> version(IndexFile file) {
    return file.name().startsWith(PREFIX) && file.name().endsWith(SUFFIX)
        ? Optional.of(
            file.name().substring(PREFIX.length(), file.name().length() - SUFFIX.length()))
        : Optional.empty();
  }

  /// The source package of a version.
  ///
  /// @throws Failure if there is none, or no digest to verify it by
  public Sdist sdist(String version) {
    VersionName.checked(version);
    IndexFile file =
        files("pyspark").stream()
            .filter(candidate -> candidate.name().equals(PREFIX + version + SUFFIX))
            .findFirst()
            .orElseThrow(() ->
                Failure.of(
                    name() + " has no source package of pyspark " + version + nearest(version),
                    "name a version that it has, or another source: spark: {source: apache}"));
    Digest digest =
        file.digest()
            .orElseThrow(() ->
                Failure.of(
                    name() + " states no SHA-256 for " + file.name(),
                    "use an index that does, or name Spark's tarball: spark: {source: …}"));
    return new Sdist(file.uri(), digest, file.size(), file.requiresPython());
  }

  private String nearest(String version) {
    String line = version.replaceFirst("^([0-9]+\\.[0-9]+).*$", "$1.");
    List<String> same = new ArrayList<>(versions());
    same.removeIf(other -> !other.startsWith(line));
    return same.isEmpty() ? "" : "; of that line it has " + String.join(", ", same);
  }

  /// Fetches it to a file, verified.
  void fetch(Sdist sdist, String what, Path file, Progress progress) {
    fetch(what, sdist.uri(), sdist.digest(), sdist.size(), SparkTar.LIMIT, file, progress);
  }

  /// Fetches any file that it lists, verified.
  ///
  /// @param limit in bytes: more is never taken
  /// @throws Failure if the index states no digest to verify it by
  void fetch(IndexFile listed, String what, long limit, Path file, Progress progress) {
    Digest digest =
        listed
            .digest()
            .orElseThrow(() ->
                Failure.of(
                    name() + " states no SHA-256 for " + listed.name(), "use an index that does"));
    fetch(what, listed.uri(), digest, listed.size(), limit, file, progress);
  }

  private void fetch(
      String what,
      URI uri,
      Digest digest,
      OptionalLong size,
      long limit,
      Path file,
      Progress progress) {
    boolean own = Http.sameServer(address.uri(), uri);
    Downloads.Wanted wanted =
        new Downloads.Wanted(
            what, uri, digest, size, limit, own ? address.login() : Optional.empty());
    new Downloads(http, pause).fetch(wanted, file, progress);
  }

  /// What it lists of a project, in its order; asked once.
  ///
  /// @param project in its normal form: small letters and hyphens
  synchronized List<IndexFile> files(String project) {
    List<IndexFile> known = files.get(project);
    if (known != null) {
      return known;
    }
    WebPage page =
        WebPage.get(
            http,
            address.uri().resolve(project + "/"),
            Map.of("Accept", ACCEPT),
            address.login(),
            "the list of " + project + "'s versions");
    List<IndexFile> found = IndexPage.parse(page);
    if (found.isEmpty()) {
      throw Failure.of(
          name() + " lists no files of " + project,
          "check that its address is that of a Python index's simple API");
    }
    files.put(project, found);
    return found;
  }
}
