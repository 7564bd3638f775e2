package huddle.artifact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The `release` file of a Java runtime. Pure.
///
/// @param version `25.0.3`, `1.8.0_392`
/// @param vendor for example `Eclipse Adoptium`, `Debian`; empty where not said
/// @param build who built it and what exactly: `Temurin-25.0.3+9`; the version where not said
/// @param platform empty where the file does not say
/// @param modules empty where the file does not say
record JavaRelease(
    String version,
    String vendor,
    String build,
    Optional<JavaPlatform> platform,
    Set<String> modules) {
  JavaRelease {
    modules = Set.copyOf(modules);
  }

  /// Empty if the text is no release file with a sane version.
  static Optional<JavaRelease> parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(line ->
            values.put(
                line.substring(0, line.indexOf('=')).strip(),
                line.substring(line.indexOf('=') + 1).strip().replaceAll("^\"|\"$", "")));
    String version = values.getOrDefault("JAVA_VERSION", "");
    if (!version.matches("[0-9]{1,3}[0-9A-Za-z._+-]{0,40}")) {
      return Optional.empty();
    }
    String os = values.getOrDefault("OS_NAME", "");
    String arch = values.getOrDefault("OS_ARCH", "");
    Optional<JavaPlatform> platform =
        os.isEmpty() || arch.isEmpty()
            ? Optional.empty()
            : Optional.of(JavaPlatform.java(os, arch, values.getOrDefault("LIBC", "")));
    String modules = values.getOrDefault("MODULES", "").strip();
    return Optional.of(
        new JavaRelease(
            version,
            values.getOrDefault("IMPLEMENTOR", ""),
            values.getOrDefault("IMPLEMENTOR_VERSION", version),
            platform,
            modules.isEmpty() ? Set.of() : new TreeSet<>(List.of(modules.split("\\s+", -1)))));
  }

  /// As a receipt keeps it.
  Map<String, String> facts() {
    Map<String, String> facts = new HashMap<>();
    facts.put("version", version);
    facts.put("vendor", vendor);
    facts.put("build", build);
    facts.put("modules", String.join(" ", modules.stream().sorted().toList()));
    platform.ifPresent(p -> {
      facts.put("os", p.os());
      facts.put("arch", p.arch());
      facts.put("libc", p.libc());
    });
    return facts;
  }

  /// Out of a receipt.
  static JavaRelease of(Cache.Stored stored) {
    String modules = stored.fact("modules");
    return new JavaRelease(
        stored.fact("version"),
        stored.fact("vendor"),
        stored.fact("build"),
        stored.fact("os").isEmpty()
            ? Optional.empty()
            : Optional.of(
                new JavaPlatform(stored.fact("os"), stored.fact("arch"), stored.fact("libc"))),
        modules.isEmpty() ? Set.of() : new TreeSet<>(List.of(modules.split(" ", -1))));
  }

  /// 8, 11, 17, 25 …
  int major() {
    String[] parts = version.split("[^0-9]+", -1);
    int first = Integer.parseInt(parts[0]);
    return first == 1 && parts.length > 1 && !parts[1].isEmpty()
        ? Integer.parseInt(parts[1])
        : first;
  }
}
