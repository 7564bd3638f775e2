package huddle.ssh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// What `ssh -G` says of one destination: the operator's own configuration with every alias, Match
/// and default resolved. Pure.
///
/// @param values by lower-case name; of several the first, which is the one that counts
/// @param identityFiles the private keys that ssh would try
/// @param digest of all of it
record SshConfig(Map<String, String> values, List<String> identityFiles, String digest) {
  SshConfig {
    values = Map.copyOf(values);
    identityFiles = List.copyOf(identityFiles);
  }

  /// Reads the output of `ssh -G`.
  static SshConfig parse(String output) {
    Map<String, String> values = new LinkedHashMap<>();
    output
        .lines()
        .forEach(line -> {
          int space = line.indexOf(' ');
          if (space > 0) {
            values.putIfAbsent(
                line.substring(0, space).toLowerCase(Locale.ROOT), line.substring(space + 1));
          }
        });
    List<String> identityFiles =
        output
            .lines()
            .filter(line -> line.startsWith("identityfile "))
            .map(line -> line.substring("identityfile ".length()))
            .toList();
    return new SshConfig(values, identityFiles, sha256(output));
  }

  private String value(String key) {
    String value = values.getOrDefault(key, "");
    return value.equals("none") ? "" : value;
  }

  /// HostName: what is dialled.
  String hostName() {
    return value("hostname");
  }

  String user() {
    return value("user");
  }

  /// Whether the host is reached through another one or a program.
  boolean jumps() {
    return !value("proxyjump").isEmpty() || !value("proxycommand").isEmpty();
  }

  /// The operator's own known_hosts files, as ssh writes them: separated by spaces.
  String userKnownHostsFiles() {
    return value("userknownhostsfile");
  }

  /// The name in ssh's prompts and, without port, in known_hosts.
  String keyName() {
    String alias = value("hostkeyalias");
    return alias.isEmpty() ? hostName() : alias;
  }

  /// The name and port under which known_hosts has the host's key.
  String knownHostsName() {
    String alias = value("hostkeyalias");
    if (!alias.isEmpty()) {
      return alias;
    }
    String name = hostName().toLowerCase(Locale.ROOT);
    String port = value("port");
    return port.isEmpty() || port.equals("22") ? name : "[" + name + "]:" + port;
  }

  /// What Huddle asks for: an unknown host's key is accepted and recorded, unless the operator
  /// wants it known beforehand. A changed key is never accepted, even where the operator would.
  String strictHostKeyChecking() {
    String own = value("stricthostkeychecking");
    return own.equals("yes") || own.equals("true") ? "yes" : "accept-new";
  }

  /// The operator's own ConnectTimeout in seconds, if there is one.
  OptionalInt connectTimeout() {
    String own = value("connecttimeout");
    return own.matches("[1-9][0-9]{0,5}")
        ? OptionalInt.of(Integer.parseInt(own))
        : OptionalInt.empty();
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
