package huddle.artifact;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spark as Apache releases it: the mirror keeps each line's newest patch, the archive keeps all
/// and is slow.
final class ApacheSparkSource implements SparkSource {
  private static final Pattern LISTED = Pattern.compile("href=\"(?:[^\"]*/)?spark-([0-9.]+)/?\"");
  private static final Pattern HEX =
      Pattern.compile("(?<![0-9A-Fa-f])[0-9A-Fa-f]{128}(?![0-9A-Fa-f])");

  private final List<URI> mirrors;
  private final Optional<URI> keys;
  private final Http http;
  private final SparkReleases releases;

  /// @param mirrors folders that hold `spark-<version>/`, each ending with a slash, best first
  /// @param keys of those who release Spark: then every release must be signed by one; empty: those
  ///   of the mirror count where it has some
  ApacheSparkSource(List<URI> mirrors, Optional<URI> keys, Http http, Cache cache) {
    this.mirrors = List.copyOf(mirrors);
    this.keys = keys;
    this.http = http;
    this.releases = new SparkReleases(cache, SparkReleases.Origin.APACHE);
  }

  /// Apache's own, or the one that HUDDLE_APACHE_MIRROR names.
  static List<URI> mirrors(OperatorEnvironment environment) {
    Optional<String> named = environment.get("HUDDLE_APACHE_MIRROR");
    if (named.isEmpty()) {
      return List.of(
          URI.create("https://dlcdn.apache.org/spark/"),
          URI.create("https://archive.apache.org/dist/spark/"));
    }
    return List.of(WebAddress.parse(named.get() + "/", "HUDDLE_APACHE_MIRROR"));
  }

  /// Apache's own, from its own server and not from a mirror; where the operator names a mirror,
  /// that is trusted.
  static Optional<URI> keys(OperatorEnvironment environment) {
    return environment.get("HUDDLE_APACHE_MIRROR").isPresent()
        ? Optional.empty()
        : Optional.of(URI.create("https://downloads.apache.org/spark/KEYS"));
  }

  @Override
  public String newest() {
    String page = text(mirrors.getFirst(), "the list of Spark's releases");
    List<String> versions = new ArrayList<>();
    Matcher matcher = LISTED.matcher(page);
    while (matcher.find()) {
      versions.add(matcher.group(1));
    }
    return SparkVersion.newest(versions)
        .orElseThrow(() ->
            Failure.of(
                Http.shown(mirrors.getFirst()) + " lists no stable 4.x of Spark",
                "name a version: spark: {version: 4.3.0, source: apache}"));
  }

  @Override
  public Optional<SparkBundle> cached(String version) {
    return releases.find(version);
  }

  @Override
  public Optional<SparkBundle> newestCached() {
    return releases.newest();
  }

  @Override
  public String identity(String version) {
    return cached(version)
        .map(SparkBundle::identity)
        .orElseGet(() -> releases.identity(locate(version).digest()));
  }

  @Override
  public SparkBundle fetch(String version, Progress progress) {
    return releases.get(version, progress, () -> make(version, progress));
  }

  private SparkBundle make(String version, Progress progress) {
    Downloads.Wanted wanted = locate(version);
    releases.needs(1200L << 20);
    Path file = releases.download("spark-" + version + "-bin", wanted.digest());
    new Downloads(http, PAUSE).fetch(wanted, file, progress);
    checkSignature(wanted, file);
    return releases.store(version, file, wanted.digest(), progress);
  }

  private void checkSignature(Downloads.Wanted release, Path file) {
    String what = "the signature of " + release.what();
    URI address = URI.create(release.uri() + ".asc");
    URI mirrorsKeys = release.uri().resolve("../KEYS");
    Optional<String> signature = WebPage.find(http, address, Credentials.in(address), what);
    Optional<String> known =
        signature.isEmpty() && keys.isEmpty()
            ? Optional.empty()
            : WebPage.find(
                http,
                keys.orElse(mirrorsKeys),
                Credentials.in(keys.orElse(mirrorsKeys)),
                "the keys of Spark's release managers");
    if (keys.isEmpty() && (signature.isEmpty() || known.isEmpty())) {
      return;
    }
    try {
      ReleaseSignature.verify(
          file,
          signature.orElseThrow(() -> missing(address, what)),
          known.orElseThrow(() -> missing(keys.orElse(mirrorsKeys), "the keys")),
          release.what());
    } catch (Failure failure) {
      // What is not trusted is not kept for the next try.
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  private static Failure missing(URI address, String what) {
    return Failure.of(
        Http.shown(address) + " does not have " + what,
        "choose another mirror, or spark: {source: pypi}");
  }

  // The first mirror that has the checksum has the file.
  private Downloads.Wanted locate(String version) {
    VersionName.checked(version);
    String path = "spark-%s/spark-%s-bin-hadoop3.tgz".formatted(version, version);
    List<Failure> failures = new ArrayList<>();
    for (URI mirror : mirrors) {
      try {
        Digest digest =
            sha512(
                text(mirror.resolve(path + ".sha512"), "the checksum of Spark " + version), mirror);
        return new Downloads.Wanted(
            "Spark " + version,
            mirror.resolve(path),
            digest,
            OptionalLong.empty(),
            SparkTar.LIMIT,
            Credentials.in(mirror));
      } catch (Failure e) {
        failures.add(e);
      }
    }
    throw failures.getLast();
  }

  private static Digest sha512(String text, URI mirror) {
    return digest(text)
        .orElseThrow(() ->
            Failure.of(
                Http.shown(mirror) + " sends no SHA-512 where Spark's checksum should be",
                "choose another mirror or source"));
  }

  /// Reads both forms that Apache has used: `<hex> <file>` and `<file>: <hex in groups>`.
  static Optional<Digest> digest(String text) {
    Matcher whole = HEX.matcher(text);
    if (whole.find()) {
      return Optional.of(new Digest("sha512", whole.group()));
    }
    String grouped = text.substring(text.indexOf(':') + 1).replaceAll("\\s", "");
    return Digest.isValid("sha512", grouped.toLowerCase(Locale.ROOT))
        ? Optional.of(new Digest("sha512", grouped))
        : Optional.empty();
  }

  private String text(URI uri, String what) {
    return WebPage.get(http, uri, Map.of(), Credentials.in(uri), what).text();
  }
}
