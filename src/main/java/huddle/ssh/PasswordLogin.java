package huddle.ssh;

import huddle.event.Failure;
import huddle.shell.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// For a host that lets in by password only ([SshFailure#takesPassword]): asks for it once and
/// installs the operator's public key, so that Huddle connects by key from then on. For use on a
/// terminal.
///
/// @param home the operator's, where a leading `~/` of a key leads
public record PasswordLogin(Connectors connectors, Path home) {
  private static final Duration BOUND = Duration.ofSeconds(60);

  /// Asks the operator.
  @FunctionalInterface
  public interface Prompt {
    /// The password, wiped after use; null if the operator would rather not.
    ///
    /// @param login as in `ada@worker.one`
    char @Nullable [] password(String login);
  }

  /// Installs the key; throws [Failure] naming the host if the password is wrong or anything else
  /// stands against it.
  ///
  /// @return the public key's file
  public Path installKey(String name, Destination destination, Prompt prompt) {
    SshClient.Target target = connectors.target(name, destination);
    PublicKey key = PublicKey.find(name, destination, target.config(), home);
    char[] password = prompt.password(target.config().user() + "@" + destination.host());
    if (password == null || password.length == 0) {
      throw Failure.on(name, "no password was given", "");
    }
    KnownHosts before = KnownHosts.read(connectors.client().knownHosts());
    try (Askpass askpass = Askpass.open(name, connectors.sockets(), password)) {
      Script script =
          Script.resource(PasswordLogin.class, "install-key")
              .with("key", key.line())
              .with("blob", key.blob());
      Shell shell =
          new ByPassword(name, connectors.client(), target, askpass.environment(target.config()));
      Output output = new ScriptRunner(shell).run(script, Connection.Bytes.NONE, BOUND);
      if (output.exit() != 0) {
        throw new Failure(
            name,
            "the key could not be added to ~/.ssh/authorized_keys: " + output.stderr().strip(),
            "add it there by hand: " + key.file(),
            output.stderr());
      }
    }
    KnownHosts.read(connectors.client().knownHosts())
        .addedSince(before, target.config().knownHostsName())
        .ifPresent(added -> connectors.firstContact(name, added));
    return key.file();
  }

  private record ByPassword(
      String host, SshClient client, SshClient.Target target, Map<String, String> environment)
      implements Shell {
    @Override
    public Process start() throws IOException {
      ProcessBuilder builder = new ProcessBuilder(client.password(target));
      builder.environment().putAll(environment);
      return builder.start();
    }

    @Override
    public Optional<Failure> broken(int exit, boolean began, String stderr) {
      if (exit != 255) {
        return Optional.empty();
      }
      Failure failure = SshFailure.explain(host, target.destination(), exit, stderr);
      return Optional.of(
          SshFailure.takesPassword(failure)
              ? new Failure(
                  host,
                  "it did not accept the password for " + target.config().user(),
                  "run the command again, or install the key by hand: ssh-copy-id "
                      + target.destination().host(),
                  stderr)
              : failure);
    }

    @Override
    public void end(Process process, String pid) {
      process.destroyForcibly();
    }
  }
}
