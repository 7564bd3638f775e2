package huddle.artifact;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A login for one server. Never printed.
public record Credentials(String user, String password) {

  /// From the `user:password@` of an address, percent-decoded; empty if there is none.
  public static Optional<Credentials> in(URI address) {
    return Optional.ofNullable(address.getRawUserInfo())
        .filter(info -> !info.isEmpty())
        .map(Credentials::parse);
  }

  private static Credentials parse(String info) {
    int colon = info.indexOf(':');
    return colon < 0
        ? new Credentials(decode(info), "")
        : new Credentials(decode(info.substring(0, colon)), decode(info.substring(colon + 1)));
  }

  private static String decode(String text) {
    try {
      // URLDecoder reads forms, where a plus is a space; in an address it is a plus.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /// The value of an `Authorization` header.
  String basic() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}
