package huddle.lab;

/// What is wrong, or just unusual, with a lab host.
public enum Quirk {
  /// No `python` or `python3` anywhere.
  NO_PYTHON,
  /// No bash, as with Alpine or BusyBox; its users need another login shell.
  NO_BASH,
  /// Nothing in /tmp can be executed.
  NOEXEC_TMP,
  /// The host's own name resolves to 127.0.1.1, as Debian's installer leaves it.
  NAME_IS_LOOPBACK,
  /// The host's own name does not resolve.
  NAME_UNKNOWN,
  /// /bin/sh is busybox.
  BUSYBOX_SH,
  /// A new ssh host key with every boot but the first.
  NEW_KEY_AT_BOOT
}
