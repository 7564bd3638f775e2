package huddle.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The Java that Huddle itself runs on, as a source of runtimes for hosts.
///
/// @param build for example `Temurin-25.0.3+9`
/// @param portable whether it runs on other distributions: those that distributions build want
///   their own libraries and glibc
/// @param links whether it has jlink
/// @param vectorModule whether it has the module jdk.incubator.vector
public record OperatorJdk(
    Path home,
    String version,
    int major,
    String build,
    JavaPlatform platform,
    boolean portable,
    boolean links,
    boolean vectorModule) {

  private static final Pattern PORTABLE =
      Pattern.compile(
          "(Eclipse|Adopt|Amazon|Azul|BellSoft|Oracle|Microsoft|SAP|IBM|International Business"
              + "|GraalVM|JetBrains|Alibaba|Tencent|Huawei).*");

  /// Of this process.
  public static OperatorJdk current() {
    Path home = Path.of(System.getProperty("java.home", "/"));
    Optional<JavaRelease> release = release(home);
    return new OperatorJdk(
        home,
        release.map(JavaRelease::version).orElse(System.getProperty("java.version", "0")),
        Runtime.version().feature(),
        release.map(JavaRelease::build).orElse(Runtime.version().toString()),
        release
            .flatMap(JavaRelease::platform)
            .orElseGet(() ->
                JavaPlatform.java(
                    System.getProperty("os.name", ""), System.getProperty("os.arch", ""), "")),
        release.filter(known -> PORTABLE.matcher(known.vendor()).matches()).isPresent(),
        Files.isExecutable(home.resolve("bin/jlink")),
        java.lang.module.ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent());
  }

  private static Optional<JavaRelease> release(Path home) {
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      return JavaRelease.parse(new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
