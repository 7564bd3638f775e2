package huddle.ssh;

import huddle.event.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a host could not be reached through another: the jump host's own ssh says so, and then the
/// host's ssh that its line was cut. Pure.
final class JumpHostFailure {
  private static final String END = "UNKNOWN port 65535";
  private static final Pattern NOISE =
      Pattern.compile(
          "(?m)^(kex_exchange_identification: .*|Connection (closed|reset) by UNKNOWN.*)\\R?");
  private static final Pattern UNREACHED =
      Pattern.compile("open failed: (?:connect failed: )?(.+)");

  private JumpHostFailure() {}

  static boolean isOne(String stderr) {
    return stderr.contains(END);
  }

  /// Whether nothing says why: a ControlMaster that is to stay in the background drops what its
  /// jump host's ssh prints.
  static boolean isSilent(String stderr) {
    return isOne(stderr) && said(stderr).isBlank();
  }

  /// Empty if it is none, or a silent one.
  static Optional<Failure> explain(String host, Destination destination, String stderr) {
    String said = said(stderr).strip();
    if (!isOne(stderr) || said.isEmpty()) {
      return Optional.empty();
    }
    Matcher unreached = UNREACHED.matcher(said);
    String why =
        unreached.find()
            ? "it cannot reach the host: " + unreached.group(1)
            : SshFailure.lastLine(said);
    return Optional.of(
        new Failure(host, "its jump host: " + why, remedy(said, destination), stderr));
  }

  private static String said(String stderr) {
    return NOISE.matcher(stderr).replaceAll("");
  }

  private static String remedy(String said, Destination destination) {
    return said.contains("open failed: ")
        ? "see from the jump host whether the host's name, port and sshd are right"
        : "First make this work by hand: " + SshFailure.byHand(destination, "");
  }
}
