package huddle.ssh;

import huddle.event.Failure;
import huddle.event.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says in Huddle's words why ssh ended with 255, and the way out. Pure. Text that no rule knows is
/// passed on as ssh wrote it.
public final class SshFailure {
  private static final Pattern METHODS =
      Pattern.compile("(?m)^(?:(\\S+): )?Permission denied \\(([^)]*)\\)");
  private static final Pattern TURNED_AWAY =
      Pattern.compile(
          "(?m)^(kex_exchange_identification: |ssh_exchange_identification: )"
              + ".*(Connection closed|Connection reset|closed by remote host)");

  private static final String REACH =
      "see whether it is switched on and the name, the port and the network (VPN, firewall) are right";

  private SshFailure() {}

  /// @param host as written in the file
  /// @param exit ssh's exit code
  /// @param stderrAsPrinted what ssh printed; hostile text
  public static Failure explain(
      String host, Destination destination, int exit, String stderrAsPrinted) {
    // ssh ends its lines as for a terminal.
    String stderr = stderrAsPrinted.replace("\r\n", "\n");
    return JumpHostFailure.explain(host, destination, stderr)
        .orElseGet(() -> explainHost(host, destination, exit, stderr));
  }

  private static Failure explainHost(
      String host, Destination destination, int exit, String stderr) {
    return RULES.stream()
        .map(rule -> rule.apply(host, destination, stderr))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() ->
            new Failure(
                host,
                stderr.isBlank()
                    ? "the ssh connection broke"
                    : "ssh failed (exit code %d): %s".formatted(exit, lastLine(stderr)),
                stderr.isBlank() ? REACH : "try it by hand: " + byHand(destination, "-v "),
                stderr));
  }

  /// Whether the host would take a password, had there been one to ask for: the operator's key can
  /// then be installed with it.
  public static boolean takesPassword(Failure failure) {
    Matcher methods = METHODS.matcher(failure.detail());
    return !JumpHostFailure.isOne(failure.detail())
        && methods.find()
        && (methods.group(2).contains("password")
            || methods.group(2).contains("keyboard-interactive"));
  }

  /// Whether sshd closed the connection before it looked at it, as it does at random while many log
  /// in at once (MaxStartups).
  static boolean isTurnedAway(String stderr) {
    return TURNED_AWAY.matcher(stderr).find()
        && (!JumpHostFailure.isOne(stderr) || JumpHostFailure.isSilent(stderr));
  }

  /// A program that could not be started on the operator's machine.
  static Failure notStarted(String host, IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No such file") && !message.contains("\"sh\"")
        ? new Failure(
            host,
            "this machine has no ssh client",
            "install OpenSSH's (on Debian and Ubuntu: apt install openssh-client)",
            message)
        : new Failure(host, "no process can be started here: " + message, "", message);
  }

  private record Rule(Pattern pattern, Function<Matcher, String> what, RemedyText remedy) {
    Optional<Failure> apply(String host, Destination destination, String stderr) {
      Matcher matcher = pattern.matcher(stderr);
      return matcher.find()
          ? Optional.of(
              new Failure(host, what.apply(matcher), remedy.text(matcher, destination), stderr))
          : Optional.empty();
    }
  }

  @FunctionalInterface
  private interface RemedyText {
    String text(Matcher matcher, Destination destination);
  }

  private static Rule rule(String regex, Function<Matcher, String> what, RemedyText remedy) {
    return new Rule(Pattern.compile(regex, Pattern.MULTILINE), what, remedy);
  }

  /// The first that matches counts: causes come before what they lead to.
  private static final List<Rule> RULES =
      List.of(
          rule(
              "(?s)HOST IDENTIFICATION HAS CHANGED.*?fingerprint for the (\\S+) key.*?\\n"
                  + "(SHA256:[A-Za-z0-9+/]+|\\S+?)\\.?\\n.*?Offending \\S+ key in ([^\\n]+):(\\d+)"
                  + "(?:.*?(ssh-keygen -f [^\\n]+))?",
              m ->
                  "its host key has changed: it showed %s %s, but line %s of %s holds another one"
                      .formatted(m.group(1), m.group(2), m.group(4), m.group(3)),
              (m, d) ->
                  "if you know why (a new installation), run: %s; if not, someone may stand between"
                      .formatted(
                          m.group(5) == null
                              ? "ssh-keygen -f \"" + m.group(3) + "\" -R " + d.host()
                              : m.group(5).strip())),
          rule(
              "REVOKED HOST KEY|marked as revoked",
              m -> "its host key is marked as revoked in known_hosts",
              (m, d) -> "ask whoever runs it for its new key"),
          rule(
              "No (\\S+) host key is known for (.+) and you have requested strict checking",
              m -> "its host key is unknown, and your ssh configuration wants it known beforehand",
              (m, d) ->
                  "add its %s key to known_hosts, then run the command again"
                      .formatted(m.group(1))),
          rule(
              "^Host key verification failed",
              m -> "its host key could not be verified",
              (m, d) -> "log in once by hand and check the key: " + byHand(d, "")),
          rule(
              "Could not resolve hostname (\\S+?): ",
              m -> "the name %s does not resolve".formatted(m.group(1)),
              (m, d) -> "correct the name in the file or in ~/.ssh/config"),
          rule(
              "connect to host (\\S+) port (\\d+): Connection refused",
              m -> "%s refuses connections on port %s".formatted(m.group(1), m.group(2)),
              (m, d) -> "see whether sshd runs there and listens on that port"),
          rule(
              "connect to host (\\S+) port (\\d+): (.+)$",
              m -> "%s port %s cannot be reached: %s".formatted(m.group(1), m.group(2), m.group(3)),
              (m, d) -> REACH),
          rule(
              "Connection timed out|Operation timed out|Connection to \\S+ port \\d+ timed out",
              m -> "it does not answer",
              (m, d) -> REACH),
          rule(
              "Too many authentication failures",
              m -> "it gave up after trying too many of your keys",
              (m, d) ->
                  "name the right key with identity: in the file or IdentityFile in ~/.ssh/config"),
          rule(
              "Identity file (.+) not accessible: (.+?)\\.?$",
              m -> "the key %s cannot be read: %s".formatted(m.group(1), m.group(2)),
              (m, d) -> "correct identity: in the file or IdentityFile in ~/.ssh/config"),
          rule(
              "Permissions (\\d+) for '(.+)' are too open",
              m ->
                  "the key %s is readable by others (mode %s), so ssh does not use it"
                      .formatted(m.group(2), m.group(1)),
              (m, d) -> "Run: chmod 600 " + m.group(2)),
          rule(
              "Load key \"(.+)\": (.+)$",
              m -> "the key %s cannot be used: %s".formatted(m.group(1), m.group(2)),
              (m, d) -> "name another key, or load this one into the agent: ssh-add " + m.group(1)),
          rule(
              METHODS.pattern(),
              m ->
                  "%s was not let in: none of your keys is accepted (it takes: %s)"
                      .formatted(
                          m.group(1) == null ? "the login" : m.group(1),
                          m.group(2).replace(",", ", ")),
              (m, d) -> denied(m.group(2), d)),
          rule(
              "no matching (.+) found\\. Their offer: (.+)$",
              m -> "its ssh and yours share no %s (it offers %s)".formatted(m.group(1), m.group(2)),
              (m, d) -> "allow one of them for this host in ~/.ssh/config, or update its sshd"),
          rule(
              "^(.+): (line \\d+: )?(Bad configuration option|Bad owner or permissions).*$",
              m -> "your ssh configuration is wrong: " + m.group(),
              (m, d) -> "correct it there"),
          rule(
              "^Bad owner or permissions on (.+)$",
              m -> "ssh does not read %s because others may write to it".formatted(m.group(1)),
              (m, d) -> "Run: chmod 600 " + m.group(1)),
          rule(
              "hostname contains invalid characters",
              m -> "that is not a host name",
              (m, d) -> "correct the name in the file"),
          rule(
              "invalid format|Invalid ssh identification|Bad remote protocol version|"
                  + "banner line contains invalid characters|banner exchange: ",
              m -> "what answers on that port is no sshd",
              (m, d) -> "correct the port"),
          rule(
              "(kex|ssh)_exchange_identification",
              m -> "its sshd closed the connection before the login, several times",
              (m, d) -> "it may be overloaded or block this address: see its sshd's log"),
          rule(
              "Timeout, server .* not responding|Broken pipe|Shared connection to|"
                  + "mux_client_|client_loop: |Connection (closed|reset) by|Connection to .* closed",
              m -> "the ssh connection broke",
              (m, d) -> REACH));

  private static String denied(String methods, Destination destination) {
    return methods.contains("password") || methods.contains("keyboard-interactive")
        ? "install your key there: ssh-copy-id "
            + byHand(destination, "").substring("ssh ".length())
            + ", or load it into the agent: ssh-add"
        : "load the right key into the agent (ssh-add), name it with identity: in the file, or have it"
            + " added to ~/.ssh/authorized_keys there";
  }

  /// @param options between the program and its destination; `-v `, or empty
  static String byHand(Destination destination, String options) {
    StringBuilder words = new StringBuilder("ssh ").append(options);
    destination.identity().ifPresent(key -> words.append("-i ").append(key).append(' '));
    if (destination.port().isPresent()) {
      words.append("-p ").append(destination.port().getAsInt()).append(' ');
    }
    destination.user().ifPresent(user -> words.append(user).append('@'));
    return words.append(destination.host()).toString();
  }

  static String lastLine(String stderr) {
    List<String> lines = Printable.text(stderr).lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.getLast().strip();
  }
}
