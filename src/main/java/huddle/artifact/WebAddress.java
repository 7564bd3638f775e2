package huddle.artifact;

import huddle.event.Failure;
import java.net.URI;
import java.net.URISyntaxException;

/// Addresses that people configure.
final class WebAddress {
  private WebAddress() {}

  /// An http or https address, with its login if it has one. The text is never shown: it may hold a
  /// password.
  ///
  /// @param from where it is configured
  static URI parse(String text, String from) {
    try {
      URI uri = new URI(text.strip().replaceAll("/+$", "/"));
      if (Http.isWeb(uri) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    throw Failure.of(
        "the address in " + from + " is not one of a web server",
        "write it as https://host/path, with special characters of a password percent-encoded");
  }

  /// The same address without login.
  static URI withoutLogin(URI uri) {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    String text = uri.toString();
    int start = text.indexOf("//") + 2;
    return URI.create(text.substring(0, start) + text.substring(text.indexOf('@', start) + 1));
  }
}
