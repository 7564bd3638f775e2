package huddle.lab;

/// What a login on a lab host runs.
public enum LoginShell {
  SH("/bin/sh", "dash"),
  BASH("/bin/bash", "bash"),
  TCSH("/bin/tcsh", "tcsh"),
  FISH("/usr/bin/fish", "fish"),
  /// busybox's sh, found by this name.
  ASH("/usr/local/bin/ash", "busybox");

  private final String path;
  private final String debianPackage;

  LoginShell(String path, String debianPackage) {
    this.path = path;
    this.debianPackage = debianPackage;
  }

  /// As in /etc/passwd of the host.
  public String path() {
    return path;
  }

  /// Where it runs from: the file that this machine must have.
  String program() {
    return this == ASH ? BUSYBOX : path;
  }

  /// What to install where it is missing.
  String debianPackage() {
    return debianPackage;
  }

  static final String BUSYBOX = "/bin/busybox";
}
