package huddle.lab;

import java.util.Optional;

/// One user of a lab host, with a home folder and a login shell.
///
/// @param user login name; `root` is the host's own root
/// @param home absolute path, anywhere
/// @param noisy whether every start of the login shell prints several lines, with escapes
/// @param password with one, the host takes it and has no key of the operator's; without, the
///   operator's key opens the login
public record Login(
    String user, String home, LoginShell shell, boolean noisy, Optional<String> password) {
  public Login {
    if (!user.matches("[a-z_][a-z0-9_-]{0,30}")) {
      throw new IllegalArgumentException("\"" + user + "\" is not a login name");
    }
    if (!home.startsWith("/") || home.contains(":") || home.lines().count() != 1) {
      throw new IllegalArgumentException("\"" + home + "\" is not a home folder");
    }
  }

  /// A user with bash and an ordinary home, let in by key.
  public static Login of(String user) {
    String home = user.equals("root") ? "/root" : "/home/" + user;
    return new Login(user, home, LoginShell.BASH, false, Optional.empty());
  }

  public Login withHome(String folder) {
    return new Login(user, folder, shell, noisy, password);
  }

  public Login withShell(LoginShell other) {
    return new Login(user, home, other, noisy, password);
  }

  public Login withNoise() {
    return new Login(user, home, shell, true, password);
  }

  public Login withPassword(String word) {
    return new Login(user, home, shell, noisy, Optional.of(word));
  }
}
