package huddle.lab;

import huddle.shell.ShellWord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the script that gives a fresh host its own files, run inside it once. Pure.
///
/// @param host what is wanted
/// @param index of the host in the lab, from 0
/// @param operatorKey the operator's public key
/// @param hostKey the host's ssh key
/// @param peers addresses by name, of all hosts whose names it knows; may hold its own
/// @param accounts this machine's users and groups
/// @param links what to link where, by absolute path
record FirstBoot(
    HostOptions host,
    int index,
    String address,
    String operatorKey,
    SshKey hostKey,
    Map<String, String> peers,
    Accounts accounts,
    Map<String, String> links) {

  String script() {
    StringBuilder script =
        new StringBuilder(
            """
            put() {
              mkdir -p "${2%/*}"
              rm -f "$2"
              printf %s "$3" >"$2"
              chmod "$1" "$2"
            }
            mkdir -p /root /home /mnt /media /srv /tmp /var/tmp /var/log
            chmod 700 /root
            chmod 1777 /tmp /var/tmp
            rm -f /etc/ssh/ssh_host_*
            """);
    put(script, "644", "/etc/hostname", host.name() + "\n");
    put(script, "644", "/etc/hosts", hosts());
    put(script, "644", "/etc/resolv.conf", "");
    put(script, "644", "/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    put(script, "644", "/etc/machine-id", machineId());
    put(script, "600", "/etc/ssh/ssh_host_ed25519_key", hostKey.privateText());
    put(script, "644", "/etc/ssh/ssh_host_ed25519_key.pub", hostKey.publicLine() + "\n");
    put(script, "644", "/etc/ssh/sshd_config", sshdConfig());
    List<Login> logins = host.logins();
    int firstId = 1000 + 10 * index;
    put(script, "644", "/etc/passwd", accounts.passwd(logins, firstId));
    put(script, "644", "/etc/group", accounts.group(logins, firstId));
    put(script, "600", "/etc/shadow", accounts.shadow(logins, firstId));
    link(script, LoginShell.BUSYBOX, LoginShell.ASH.path());
    if (host.is(Quirk.BUSYBOX_SH)) {
      link(script, LoginShell.BUSYBOX, "/bin/sh");
    }
    links.forEach((path, target) -> link(script, target, path));
    logins.forEach(login -> home(script, login));
    host.files()
        .forEach((path, text) -> put(script, text.startsWith("#!") ? "755" : "644", path, text));
    logins.forEach(login -> line(script, "chown", "-R", login.user() + ":", login.home()));
    return script.toString();
  }

  private void home(StringBuilder script, Login login) {
    String home = login.home();
    line(script, "mkdir", "-p", home + "/.ssh");
    line(script, "chmod", "700", home + "/.ssh");
    if (login.password().isPresent()) {
      script
          .append("echo ")
          .append(ShellWord.quote(login.user() + ":" + login.password().get()))
          .append(" | chpasswd -c SHA512\n");
    } else {
      put(script, "600", home + "/.ssh/authorized_keys", operatorKey + "\n");
    }
    if (login.noisy()) {
      String noise = noise();
      Stream.of("/.bashrc", "/.profile", "/.cshrc", "/.config/fish/config.fish")
          .forEach(file -> put(script, "644", home + file, noise));
    }
  }

  /// Lines that sh, csh and fish all print: colour, a window title, a bell, something that looks
  /// like an answer, no line end at the end, and a complaint.
  private String noise() {
    String printed =
        "\\033[1;32mWelcome to %s\\033[0m\\n\\033]0;title\\007{\"version\":1}\\nexit 0\\nLast line";
    return "printf '" + printed + "' " + host.name() + "\nls /no-such-folder\n";
  }

  private String hosts() {
    String own =
        host.is(Quirk.NAME_UNKNOWN)
            ? ""
            : (host.is(Quirk.NAME_IS_LOOPBACK) ? "127.0.1.1" : address) + " " + host.name() + "\n";
    return "127.0.0.1 localhost\n::1 localhost\n"
        + own
        + peers.entrySet().stream()
            .filter(peer -> !peer.getKey().equals(host.name()))
            .map(peer -> peer.getValue() + " " + peer.getKey() + "\n")
            .collect(Collectors.joining());
  }

  private String machineId() {
    return "%032x\n".formatted(Integer.toUnsignedLong(address.hashCode()));
  }

  private String sshdConfig() {
    boolean password = host.logins().stream().anyMatch(login -> login.password().isPresent());
    return """
    HostKey /etc/ssh/ssh_host_ed25519_key
    PidFile /run/sshd.pid
    UsePAM no
    KbdInteractiveAuthentication no
    PasswordAuthentication %s
    PermitRootLogin prohibit-password
    AllowTcpForwarding yes
    PrintMotd no
    Subsystem sftp internal-sftp
    """
        .formatted(password ? "yes" : "no");
  }

  private static void put(StringBuilder script, String mode, String path, String text) {
    line(script, "put", mode, path, text);
  }

  private static void link(StringBuilder script, String target, String path) {
    line(script, "ln", "-sfn", target, path);
  }

  private static void line(StringBuilder script, String... words) {
    script.append(
        Stream.of(words).map(ShellWord::quote).collect(Collectors.joining(" ", "", "\n")));
  }
}
