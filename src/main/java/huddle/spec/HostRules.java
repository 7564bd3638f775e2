package huddle.spec;

import static huddle.spec.Problem.quoted;

import java.util.Optional;

/// Rules for what becomes an argument of ssh.
final class HostRules {
  private static final String NAME_LETTER = "[A-Za-z0-9._-]";
  private static final String NAME = "[A-Za-z0-9_]" + NAME_LETTER + "{0,252}";
  private static final String LOGIN = "[A-Za-z0-9_](?:[A-Za-z0-9._@+-]{0,62}[A-Za-z0-9_-])?";

  /// With ranges: what an editor checks of a host.
  private static final String RANGED =
      "(?:[A-Za-z0-9_]|\\[[0-9,-]+\\])(?:" + NAME_LETTER + "|\\[[0-9,-]+\\])*";

  /// One host, no ranges left in it.
  static final Rule HOST = new Rule(RANGED, Rule.of(NAME, HostRules::explain).check());

  static final Rule USER =
      Rule.of(
          LOGIN,
          text -> quoted(text) + " is not a login name; write letters, digits and . _ - only");

  static final Rule.Whole PORT = new Rule.Whole(1, 65_535, "a port");

  /// What an editor checks of `user@host:port`.
  static final String SHORT = "(?:" + LOGIN + "@)?" + RANGED + "(?::[0-9]{1,5})?";

  private HostRules() {}

  /// Why an IPv6 address is not taken: Spark's URLs and Huddle's own `user@host:port` have no room
  /// for its colons.
  static String notIpv6(String text) {
    return quoted(text)
        + " looks like an IPv6 address; give it a name in ~/.ssh/config and write the name";
  }

  private static String explain(String text) {
    if (text.isEmpty()) {
      return "names no host; write an ssh alias, a name or an address";
    }
    if (text.startsWith("-")) {
      return quoted(text) + " begins with a hyphen; ssh would take it for an option";
    }
    if (text.contains("://")) {
      return quoted(text) + " is a URL; write user@host:port alone";
    }
    if (text.contains("@")) {
      return quoted(text) + " holds a login; write user: and host: apart";
    }
    if (text.chars().filter(c -> c == ':').count() > 1) {
      return notIpv6(text);
    }
    if (text.contains(":")) {
      return quoted(text) + " holds a port; write host: and port: apart";
    }
    return strange(text)
        .orElse(quoted(text) + " is not a host name; write an ssh alias, a name or an address");
  }

  /// Why a text cannot be a host whatever its ranges are: a character that has no place in one.
  static Optional<String> strange(String text) {
    return text.codePoints()
        .mapToObj(Character::toString)
        .filter(c -> !c.matches("[A-Za-z0-9._,\\[\\]-]"))
        .findFirst()
        .map(c -> quoted(text) + " holds " + Paths.character(c) + ", which no host name has");
  }
}
