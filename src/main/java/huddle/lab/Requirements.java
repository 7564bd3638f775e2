package huddle.lab;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What a machine must have to make hosts on it.
final class Requirements {
  private Requirements() {}

  /// Whether this process runs as root.
  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /// Ends with a failure that says what is missing.
  static void check() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
      throw Failure.of(
          "a lab needs Linux: its hosts are made of the kernel's namespaces",
          "run it in a Linux virtual machine");
    }
    if (!isRoot()) {
      throw Failure.of("a lab needs root to make hosts and their network", "run it with sudo");
    }
    if (!Files.isExecutable(Path.of("/usr/sbin/sshd"))) {
      throw Failure.of(
          "a lab needs sshd, which this machine does not have", "run `apt install openssh-server`");
    }
    for (String program : List.of("ip", "tc")) {
      if (!Processes.has(program)) {
        throw Failure.of(
            "a lab needs `" + program + "`, which this machine does not have",
            "run `apt install iproute2`");
      }
    }
    for (String program : List.of("unshare", "nsenter", "setsid", "pivot_root", "mountpoint")) {
      if (!Processes.has(program)) {
        throw Failure.of(
            "a lab needs `" + program + "`, which this machine does not have",
            "run `apt install util-linux`");
      }
    }
  }

  /// The programs that one host's options ask for.
  static void check(HostOptions host) {
    host.logins().forEach(login -> check(host, login.shell()));
    if (host.is(Quirk.BUSYBOX_SH)) {
      check(host, LoginShell.ASH);
    }
  }

  private static void check(HostOptions host, LoginShell shell) {
    if (!Files.isExecutable(Path.of(shell.program()))) {
      throw Failure.on(
          host.name(),
          "it wants " + shell.program() + ", which this machine does not have",
          "run `apt install " + shell.debianPackage() + "`");
    }
  }
}
