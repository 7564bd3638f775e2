package huddle.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The system's OpenSSH client as command lines. Pure: it starts nothing.
///
/// @param program `ssh`, or its path
/// @param knownHosts where new host keys are recorded; the operator's own files are read too
/// @param extraOptions more words for every call, such as `-F FILE`; Huddle's own come first and
///   win
public record SshClient(String program, Path knownHosts, List<String> extraOptions) {
  public SshClient {
    extraOptions = List.copyOf(extraOptions);
  }

  /// The `ssh` of PATH. `HUDDLE_SSH_CONFIG` in the environment names a file that is read instead of
  /// `~/.ssh/config`.
  public static SshClient system(Path knownHosts, Map<String, String> environment) {
    String config = environment.getOrDefault("HUDDLE_SSH_CONFIG", "");
    return new SshClient("ssh", knownHosts, config.isEmpty() ? List.of() : List.of("-F", config));
  }

  /// Where to, and what is known of it.
  ///
  /// @param sockets the folder of ControlMaster sockets
  /// @param socketName the one for this destination
  record Target(Destination destination, SshConfig config, Path sockets, String socketName) {
    Path socket() {
      return sockets.resolve(socketName);
    }

    /// The socket of a forward that goes with this ControlMaster.
    Path forward(String name) {
      return sockets.resolve(socketName + FORWARD + name);
    }
  }

  /// What is between a ControlMaster's name and a forward's.
  static final String FORWARD = ".f";

  /// Prints the resolved configuration.
  List<String> config(Destination destination) {
    return words(List.of("-G"), destination, List.of());
  }

  /// Logs in and stays in the background as ControlMaster.
  List<String> master(Target target) {
    List<String> options = new ArrayList<>(List.of("-M", "-N", "-f", "-T"));
    options.addAll(batch(target));
    options.addAll(
        List.of(
            "-o", "ControlPersist=300",
            "-o", "ServerAliveInterval=5",
            "-o", "ServerAliveCountMax=3",
            "-o", "LogLevel=INFO"));
    return words(options, target.destination(), List.of());
  }

  /// Logs in without a ControlMaster and out again, to hear all there is to hear.
  List<String> trial(Target target) {
    List<String> options = new ArrayList<>(List.of("-T", "-o", "ControlPath=none"));
    options.addAll(batch(target));
    return words(options, target.destination(), List.of("exit"));
  }

  /// Asks the ControlMaster something: `check` or `exit`. No configuration is needed for that, and
  /// none is read: it may have changed or gone since.
  List<String> control(Target target, String request) {
    return control(target, request, List.of());
  }

  private List<String> control(Target target, String request, List<String> options) {
    List<String> words =
        new ArrayList<>(List.of(program, "-F", "none", "-O", request, "-o", controlPath(target)));
    words.addAll(options);
    words.addAll(List.of("--", target.destination().host()));
    return words;
  }

  /// Asks the ControlMaster to `forward` a local socket, or to `cancel` that.
  ///
  /// @param to `ADDRESS:PORT`, or the path of a socket, as the host sees them
  List<String> forward(Target target, String request, Path local, String to) {
    return control(target, request, List.of("-L", local + ":" + to));
  }

  /// Runs [Bootstrap#COMMAND] over the ControlMaster, or by a connection of its own if the
  /// ControlMaster takes no more sessions.
  List<String> script(Target target) {
    List<String> options = new ArrayList<>(List.of("-T"));
    options.addAll(client(target));
    return words(options, target.destination(), List.of(Bootstrap.COMMAND));
  }

  /// Joins standard input and output to a TCP port that the host can reach.
  List<String> dial(Target target, String address, int port) {
    List<String> options = new ArrayList<>(List.of("-T"));
    options.addAll(client(target));
    options.addAll(List.of("-W", address(address, port)));
    return words(options, target.destination(), List.of());
  }

  /// An address and a port as ssh's forwards take them.
  static String address(String address, int port) {
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
  }

  /// A session on the operator's terminal; words that follow are a command for the login shell.
  List<String> interactive(Target target) {
    List<String> options = new ArrayList<>(hostKeys(target.config()));
    options.addAll(List.of("-o", "ControlMaster=no", "-o", controlPath(target)));
    return words(options, target.destination(), List.of());
  }

  /// Runs [Bootstrap#COMMAND] by a connection of its own that asks SSH_ASKPASS for the password.
  List<String> password(Target target) {
    List<String> options = new ArrayList<>(List.of("-T"));
    options.addAll(hostKeys(target.config()));
    options.addAll(quiet(target.config()));
    options.addAll(
        List.of(
            "-o", "ControlMaster=no",
            "-o", "ControlPath=none",
            "-o", "BatchMode=no",
            "-o", "PubkeyAuthentication=no",
            "-o", "PreferredAuthentications=keyboard-interactive,password",
            "-o", "NumberOfPasswordPrompts=1"));
    return words(options, target.destination(), List.of(Bootstrap.COMMAND));
  }

  private List<String> client(Target target) {
    List<String> options = new ArrayList<>(batch(target));
    options.addAll(
        List.of(
            "-o", "ControlMaster=no",
            "-o", "ServerAliveInterval=5",
            "-o", "ServerAliveCountMax=3",
            "-o", "LogLevel=ERROR"));
    return options;
  }

  private List<String> batch(Target target) {
    List<String> options = new ArrayList<>(hostKeys(target.config()));
    options.addAll(quiet(target.config()));
    options.addAll(List.of("-o", "BatchMode=yes", "-o", controlPath(target)));
    return options;
  }

  private List<String> hostKeys(SshConfig config) {
    String files = quoted(knownHosts.toString()) + " " + config.userKnownHostsFiles();
    return List.of(
        "-o", "StrictHostKeyChecking=" + config.strictHostKeyChecking(),
        "-o", "UserKnownHostsFile=" + files.strip(),
        // Names stay readable, so that a first contact can be told from its line.
        "-o", "HashKnownHosts=no");
  }

  private static List<String> quiet(SshConfig config) {
    return List.of(
        "-o", "ConnectTimeout=" + config.connectTimeout().orElse(10),
        "-o", "ForwardAgent=no",
        "-o", "ForwardX11=no",
        "-o", "ClearAllForwardings=yes",
        "-o", "RemoteCommand=none");
  }

  private static String controlPath(Target target) {
    return "ControlPath=" + quoted(target.socket().toString());
  }

  private static String quoted(String path) {
    return "\"" + path.replace("%", "%%") + "\"";
  }

  private List<String> words(List<String> options, Destination destination, List<String> command) {
    List<String> words = new ArrayList<>();
    words.add(program);
    words.addAll(options);
    words.addAll(extraOptions);
    destination.user().ifPresent(user -> words.addAll(List.of("-l", user)));
    destination.port().ifPresent(port -> words.addAll(List.of("-p", Integer.toString(port))));
    destination
        .identity()
        .ifPresent(key -> words.addAll(List.of("-i", key, "-o", "IdentitiesOnly=yes")));
    words.add("--");
    words.add(destination.host());
    words.addAll(command);
    return words;
  }
}
