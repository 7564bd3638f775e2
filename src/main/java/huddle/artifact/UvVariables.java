package huddle.artifact;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The environment that uv runs in: the operator's, without what would lead it elsewhere, and with
/// pip's index, certificate and the like where uv has none of its own. Pure.
final class UvVariables {
  /// What would change what an environment holds, or where it goes.
  private static final List<String> LEFT_OUT =
      List.of(
          "VIRTUAL_ENV",
          "CONDA_PREFIX",
          "PYTHONPATH",
          "PYTHONHOME",
          "UV_PYTHON",
          "UV_SYSTEM_PYTHON",
          "UV_PROJECT",
          "UV_PROJECT_ENVIRONMENT",
          "UV_WORKING_DIRECTORY",
          "UV_CONSTRAINT",
          "UV_OVERRIDE",
          "UV_EXCLUDE",
          "UV_BUILD_CONSTRAINT",
          "UV_REQUIRE_HASHES",
          "UV_CUSTOM_COMPILE_COMMAND",
          "UV_NO_BINARY",
          "UV_NO_BINARY_PACKAGE",
          "UV_RESOLUTION",
          "UV_FORK_STRATEGY",
          "UV_COMPILE_BYTECODE",
          "UV_PYTHON_PLATFORM",
          "UV_LOCKED",
          "UV_FROZEN");

  private final OperatorEnvironment environment;
  private final PipConfig pip;

  private UvVariables(OperatorEnvironment environment, PipConfig pip) {
    this.environment = environment;
    this.pip = pip;
  }

  /// @param pip what it is configured for
  static Map<String, String> of(OperatorEnvironment environment, PipConfig pip) {
    return new UvVariables(environment, pip).all();
  }

  private Map<String, String> all() {
    Map<String, String> all = new HashMap<>(environment.variables());
    LEFT_OUT.forEach(all::remove);
    if (unset("UV_DEFAULT_INDEX", "UV_INDEX_URL")) {
      setting("index-url").ifPresent(url -> all.put("UV_DEFAULT_INDEX", url));
    }
    if (unset("UV_INDEX", "UV_EXTRA_INDEX_URL")) {
      setting("extra-index-url")
          .ifPresent(urls -> {
            all.put("UV_INDEX", String.join(" ", words(urls)));
            // As pip does: the best version of all indexes.
            all.putIfAbsent("UV_INDEX_STRATEGY", "unsafe-best-match");
          });
    }
    if (unset("UV_FIND_LINKS")) {
      setting("find-links")
          .ifPresent(links ->
              all.put(
                  "UV_FIND_LINKS",
                  words(links).stream()
                      .map(
                          link -> link.startsWith("~") ? environment.expand(link).toString() : link)
                      .collect(Collectors.joining(","))));
    }
    if (unset("SSL_CERT_FILE")) {
      setting("cert")
          .map(environment::expand)
          .ifPresent(file -> all.put("SSL_CERT_FILE", file.toString()));
    }
    if (unset("SSL_CLIENT_CERT")) {
      setting("client-cert")
          .map(environment::expand)
          .ifPresent(file -> all.put("SSL_CLIENT_CERT", file.toString()));
    }
    if (unset("UV_INSECURE_HOST")) {
      setting("trusted-host")
          .ifPresent(hosts -> all.put("UV_INSECURE_HOST", String.join(" ", words(hosts))));
    }
    if (unset("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")) {
      setting("proxy")
          .ifPresent(proxy -> {
            all.put("HTTPS_PROXY", proxy);
            all.putIfAbsent("HTTP_PROXY", proxy);
          });
    }
    all.put("NO_COLOR", "1");
    all.put("UV_NO_PROGRESS", "1");
    all.put("UV_PYTHON_DOWNLOADS", "never");
    return all;
  }

  private boolean unset(String... names) {
    return Arrays.stream(names).allMatch(name -> environment.get(name).isEmpty());
  }

  /// pip's setting; where pip itself is not here, its variable.
  private Optional<String> setting(String name) {
    return pip.get(name)
        .or(() -> environment.get("PIP_" + name.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /// pip writes several values in lines; its list shows those as `\n`.
  private static List<String> words(String values) {
    return Arrays.stream(values.split("(?:\\\\n|\\s)+", -1)).filter(v -> !v.isEmpty()).toList();
  }
}
