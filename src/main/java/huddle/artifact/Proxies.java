package huddle.artifact;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The proxies that the environment names: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in
/// either case, as curl and pip read them.
final class Proxies extends ProxySelector {
  private final OperatorEnvironment environment;
  private final Optional<String> configured;

  /// @param configured a proxy that pip's configuration names; it wins over the environment
  Proxies(OperatorEnvironment environment, Optional<String> configured) {
    this.environment = environment;
    this.configured = configured;
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        address(uri)
            .map(proxy -> new Proxy(Proxy.Type.HTTP, socket(proxy)))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request fails by itself and says why.
  }

  /// The proxy for an address, with its login; empty for none.
  Optional<URI> address(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (exempt(host, uri.getPort())) {
      return Optional.empty();
    }
    String own = "https".equalsIgnoreCase(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
    return configured
        .or(() -> variable(own))
        .or(() -> variable("ALL_PROXY"))
        .flatMap(Proxies::parse);
  }

  /// Answers a proxy's question for a login.
  Optional<Authenticator> authenticator() {
    List<Credentials> logins =
        List.of(URI.create("https://host.invalid"), URI.create("http://host.invalid")).stream()
            .flatMap(uri -> address(uri).stream())
            .flatMap(proxy -> Credentials.in(proxy).stream())
            .toList();
    if (logins.isEmpty()) {
      return Optional.empty();
    }
    Credentials login = logins.getFirst();
    return Optional.of(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            // Only a proxy gets it, never a server that asks.
            return getRequestorType() == RequestorType.PROXY
                ? new PasswordAuthentication(login.user(), login.password().toCharArray())
                : super.getPasswordAuthentication();
          }
        });
  }

  private Optional<String> variable(String name) {
    return environment.get(name.toLowerCase(Locale.ROOT)).or(() -> environment.get(name));
  }

  private static Optional<URI> parse(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      return Optional.of(uri).filter(u -> u.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static InetSocketAddress socket(URI proxy) {
    int port = proxy.getPort();
    int usual = "https".equalsIgnoreCase(proxy.getScheme()) ? 443 : 80;
    return new InetSocketAddress(proxy.getHost(), port > 0 ? port : usual);
  }

  private boolean exempt(String host, int port) {
    String list = variable("NO_PROXY").orElse("");
    for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String name = entry.startsWith("*.") ? entry.substring(1) : entry;
      if (name.isEmpty()) {
        continue;
      }
      String bare = name.startsWith(".") ? name.substring(1) : name;
      if (name.equals("*")
          || host.equals(bare)
          || host.endsWith("." + bare)
          || (host + ":" + port).equals(bare)) {
        return true;
      }
    }
    return false;
  }
}
