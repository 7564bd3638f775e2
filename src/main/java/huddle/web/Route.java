package huddle.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a request leads, told from its path alone. Pure.
///
/// @param page which page
/// @param prefix what stands before the page's own path: `/proxy/worker-…`, or nothing
/// @param path the page's own, raw, beginning with `/`
record Route(Page page, String prefix, String path) {
  private static final Pattern PROXY =
      Pattern.compile("(/proxy/((?:worker|app)-[A-Za-z0-9.:%_-]{1,200}))(/.*)?");

  /// A page of the cluster.
  sealed interface Page {
    /// The Master's.
    record Master() implements Page {}

    /// The History Server's.
    record History() implements Page {}

    /// A Worker's, by the id that the Master gave it.
    record Worker(String id) implements Page {}

    /// A driver's, by its Application's id.
    record Driver(String application) implements Page {}

    /// None that there is.
    record Unknown(String id) implements Page {}
  }

  /// @param home what answers at `/`
  static Route of(String rawPath, Page home) {
    if (!rawPath.startsWith("/proxy/")) {
      return new Route(home, "", rawPath.isEmpty() ? "/" : rawPath);
    }
    Matcher proxy = PROXY.matcher(rawPath);
    if (!proxy.matches()) {
      return new Route(new Page.Unknown(rawPath.substring("/proxy/".length())), "", "/");
    }
    // An IPv6 address in a Worker's id has colons, which a browser may escape.
    String id = proxy.group(2).replace("%3A", ":").replace("%3a", ":");
    String rest = proxy.group(3) == null ? "/" : proxy.group(3);
    return new Route(
        id.startsWith("worker-") ? new Page.Worker(id) : new Page.Driver(id), proxy.group(1), rest);
  }

  /// A redirect of the page, as the browser is to follow it; empty if it leads elsewhere.
  ///
  /// @param authority that the page was asked for
  java.util.Optional<String> location(String said, String authority) {
    String path = said;
    for (String scheme : new String[] {"http://", "https://"}) {
      if (said.startsWith(scheme + authority + "/")) {
        path = said.substring(scheme.length() + authority.length());
      }
    }
    if (!path.startsWith("/") || path.startsWith("//") || path.startsWith("/\\")) {
      return path.matches("[A-Za-z0-9?._-][^:]*")
          ? java.util.Optional.of(path)
          : java.util.Optional.empty();
    }
    boolean prefixed = path.equals(prefix) || path.startsWith(prefix + "/");
    return java.util.Optional.of(prefixed ? path : prefix + path);
  }
}
