package huddle.artifact;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.event.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Eclipse Temurin's builds of the JDK, by Adoptium's API.
final class Adoptium {
  private static final long LIMIT = 1L << 30;

  private final URI base;
  private final Http http;

  /// @param base ends with a slash
  Adoptium(URI base, Http http) {
    this.base = base;
    this.http = http;
  }

  /// The real one, or the mirror that HUDDLE_ADOPTIUM names.
  static Adoptium of(OperatorEnvironment environment) {
    URI base =
        environment
            .get("HUDDLE_ADOPTIUM")
            .map(text -> WebAddress.parse(text.replaceAll("/+$", "") + "/", "HUDDLE_ADOPTIUM"))
            .orElseGet(() -> URI.create("https://api.adoptium.net/"));
    return new Adoptium(base, Http.of(environment));
  }

  /// A build.
  ///
  /// @param name of its archive, for example `OpenJDK25U-jdk_x64_linux_hotspot_25.0.3_9.tar.gz`
  /// @param version `25.0.3`
  record Build(String name, String version, URI uri, Digest digest, OptionalLong size) {
    String identity() {
      return "temurin " + digest;
    }
  }

  /// The newest release of a version for a platform. The whole JDK: smaller builds may lack
  /// jdk.incubator.vector.
  Build newest(int major, JavaPlatform platform) {
    String arch = arch(platform);
    String os = platform.libc().equals("musl") ? "alpine-linux" : "linux";
    String path =
        "v3/assets/latest/%d/hotspot?architecture=%s&image_type=jdk&os=%s&vendor=eclipse"
            .formatted(major, arch, os);
    String what = "the list of Temurin " + major + " builds";
    WebPage page =
        WebPage.get(
            http,
            base.resolve(path),
            Map.of("Accept", "application/json"),
            Credentials.in(base),
            what);
    return parse(page)
        .orElseThrow(() ->
            Failure.of(
                "%s has no Java %d for %s".formatted(Http.shown(base), major, platform),
                "install Java on the host, or name a JDK's archive in the file:"
                    + " java: {source: …}"));
  }

  private static String arch(JavaPlatform platform) {
    return switch (platform.arch()) {
      case "x86_64" -> "x64";
      case "armv7l", "armv6l" -> "arm";
      case "aarch64", "ppc64le", "s390x", "riscv64" -> platform.arch();
      default ->
          throw Failure.of(
              "there is no Java to fetch for the architecture " + platform.arch(),
              "install Java on the host, or name a JDK's archive in the file: java: {source: …}");
    };
  }

  static Optional<Build> parse(WebPage page) {
    List<Object> assets;
    try {
      assets = JSON.std.listFrom(page.text());
    } catch (IOException e) {
      throw Failure.of(
          Http.shown(page.uri()) + " sends JSON that cannot be read",
          "try again later, or name a JDK's archive in the file: java: {source: …}");
    }
    return assets.stream().flatMap(asset -> build(asset, page.uri()).stream()).findFirst();
  }

  private static Optional<Build> build(Object asset, URI page) {
    Object file = at(at(asset, "binary"), "package");
    Object version = at(at(asset, "version"), "semver");
    if (at(file, "link") instanceof String link
        && at(file, "checksum") instanceof String sha256
        && at(file, "name") instanceof String name
        && version instanceof String semver
        && Digest.isValid("sha256", sha256)) {
      URI uri = page.resolve(link);
      OptionalLong size =
          at(file, "size") instanceof Number number && number.longValue() > 0
              ? OptionalLong.of(number.longValue())
              : OptionalLong.empty();
      String plain = semver.replaceFirst("\\+.*$", "");
      return Optional.of(new Build(name, plain, uri, new Digest("sha256", sha256), size))
          .filter(build -> Http.isWeb(build.uri()) && build.uri().getHost() != null);
    }
    return Optional.empty();
  }

  private static Object at(Object map, String key) {
    return map instanceof Map<?, ?> values && values.get(key) != null ? values.get(key) : "";
  }

  void fetch(Build build, Path file, Progress progress) {
    Downloads.Wanted wanted =
        new Downloads.Wanted(
            "Java " + build.version(),
            build.uri(),
            build.digest(),
            build.size(),
            LIMIT,
            Optional.empty());
    new Downloads(http, SparkSource.PAUSE).fetch(wanted, file, progress);
  }
}
