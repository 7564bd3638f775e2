package huddle.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The host keys of one known_hosts file, to tell which one a connection has added.
///
/// @param lines as they stand in the file
record KnownHosts(List<String> lines) {
  KnownHosts {
    lines = List.copyOf(lines);
  }

  /// The file's present state; empty where there is none.
  static KnownHosts read(Path file) {
    try {
      return new KnownHosts(Files.readAllLines(file));
    } catch (IOException e) {
      return new KnownHosts(List.of());
    }
  }

  /// The key recorded for a name since `before`, as `ED25519 SHA256:…`.
  Optional<String> addedSince(KnownHosts before, String name) {
    return lines.stream()
        .filter(line -> !before.lines.contains(line))
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length >= 3 && Arrays.asList(words[0].split(",")).contains(name))
        .map(words -> type(words[1]) + " " + fingerprint(words[2]))
        .findFirst();
  }

  private static String type(String algorithm) {
    return switch (algorithm) {
      case "ssh-ed25519" -> "ED25519";
      case "ssh-rsa" -> "RSA";
      case String other when other.startsWith("ecdsa-") -> "ECDSA";
      case String other -> other;
    };
  }

  private static String fingerprint(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (IllegalArgumentException | NoSuchAlgorithmException e) {
      return "(unreadable)";
    }
  }
}
