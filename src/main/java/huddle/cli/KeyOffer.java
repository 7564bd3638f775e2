package huddle.cli;

import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.ssh.Connection;
import huddle.ssh.Connector;
import huddle.ssh.Connectors;
import huddle.ssh.Destination;
import huddle.ssh.PasswordLogin;
import huddle.ssh.SshFailure;
import huddle.ui.Prompt;
import huddle.ui.TtyInput;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A connector that, on a terminal, offers to install the operator's public key on a host that only
/// takes a password.
final class KeyOffer {
  private final Context context;
  private final SharedOptions options;
  // Hosts are connected side by side; one person answers one question at a time.
  private final ReentrantLock asking = new ReentrantLock();

  KeyOffer(Context context, SharedOptions options) {
    this.context = context;
    this.options = options;
  }

  Connector around(Path knownHosts, Events events) {
    Connectors connectors = context.connectors().of(knownHosts, events);
    return (name, destination) -> {
      try {
        return connectors.connect(name, destination);
      } catch (Failure failure) {
        if (!SshFailure.takesPassword(failure)
            || !context.terminal().canAsk()
            || options.noInput
            || options.json) {
          throw failure;
        }
        return afterInstalling(connectors, name, destination, events);
      }
    };
  }

  private Connection afterInstalling(
      Connectors connectors, String name, Destination destination, Events events) {
    Prompt prompt =
        new Prompt(
            context.terminal(), new Prompt.Answers(false, false, Optional.empty()), new TtyInput());
    asking.lock();
    try {
      Path key =
          new PasswordLogin(connectors, context.home())
              .installKey(
                  name,
                  destination,
                  login ->
                      prompt.password(
                          login
                              + " takes only a password. Type it to install your key there (empty: do not):",
                          "Install the key by hand: ssh-copy-id " + destination));
      events.report(new Event.Note(name, "your key " + key + " is installed there"));
    } finally {
      asking.unlock();
    }
    return connectors.connect(name, destination);
  }
}
