package huddle.artifact;

import java.util.Locale;

/// What a Java runtime must be built for. Pure.
///
/// @param os `linux`, or `other`
/// @param arch as `uname -m`: `x86_64`, `aarch64`
/// @param libc `gnu` or `musl`
public record JavaPlatform(String os, String arch, String libc) {

  /// A host's, from its facts.
  ///
  /// @param arch as `uname -m`
  /// @param libc as in the facts: `glibc 2.36`, `musl 1.2.4`, empty
  public static JavaPlatform host(String arch, String libc) {
    return new JavaPlatform("linux", arch(arch), libc(libc));
  }

  /// As a JDK's release file or Java's system properties name them.
  static JavaPlatform java(String os, String arch, String libc) {
    boolean linux = os.toLowerCase(Locale.ROOT).startsWith("linux");
    return new JavaPlatform(linux ? "linux" : "other", arch(arch), libc(libc));
  }

  private static String arch(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "amd64", "x64", "x86-64" -> "x86_64";
      case "arm64" -> "aarch64";
      default -> text.toLowerCase(Locale.ROOT);
    };
  }

  private static String libc(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith("musl") ? "musl" : "gnu";
  }

  /// `linux-x86_64`, `linux-musl-aarch64`: part of a file's name.
  @Override
  public String toString() {
    String libcPart = libc.equals("musl") ? "-musl" : "";
    return os + libcPart + "-" + arch.replaceAll("[^a-z0-9_]", "");
  }
}
