package huddle.lab;

import java.util.List;

/// This machine's users and groups, of which a host keeps the system's and adds people of its own.
/// Pure.
///
/// @param machinePasswd text of /etc/passwd
/// @param machineGroup text of /etc/group
record Accounts(String machinePasswd, String machineGroup) {
  private static final int FIRST_PERSON = 1000;
  private static final int NOBODY = 65534;

  /// The host's /etc/passwd.
  ///
  /// @param firstId user and group id of the first login; the others follow
  String passwd(List<Login> logins, int firstId) {
    StringBuilder text = new StringBuilder(system(machinePasswd, logins));
    for (int i = 0; i < logins.size(); i++) {
      Login login = logins.get(i);
      int id = id(login, firstId + i);
      text.append(
          "%s:x:%d:%d:%s:%s:%s\n"
              .formatted(login.user(), id, id, login.user(), login.home(), login.shell().path()));
    }
    return text.toString();
  }

  /// The host's /etc/group: one of their own for each.
  String group(List<Login> logins, int firstId) {
    StringBuilder text = new StringBuilder(system(machineGroup, logins));
    for (int i = 0; i < logins.size(); i++) {
      text.append("%s:x:%d:\n".formatted(logins.get(i).user(), id(logins.get(i), firstId + i)));
    }
    return text.toString();
  }

  /// The host's /etc/shadow: nobody has a password. `*` and not `!`: sshd without PAM takes the
  /// latter for a locked account and refuses its keys as well.
  String shadow(List<Login> logins, int firstId) {
    StringBuilder text = new StringBuilder();
    passwd(logins, firstId)
        .lines()
        .forEach(line -> text.append(line, 0, line.indexOf(':')).append(":*:19000:0:99999:7:::\n"));
    return text.toString();
  }

  private static int id(Login login, int person) {
    return login.user().equals("root") ? 0 : person;
  }

  private static String system(String machine, List<Login> logins) {
    StringBuilder kept = new StringBuilder();
    machine
        .lines()
        .forEach(line -> {
          String[] fields = line.split(":", -1);
          if (fields.length > 2
              && isSystem(fields[2])
              && logins.stream().noneMatch(login -> login.user().equals(fields[0]))) {
            kept.append(line).append('\n');
          }
        });
    return kept.toString();
  }

  private static boolean isSystem(String id) {
    if (!id.matches("[0-9]{1,9}")) {
      return false;
    }
    int number = Integer.parseInt(id);
    return number < FIRST_PERSON || number == NOBODY;
  }
}
