package huddle.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/// A checksum, as an index or a mirror states it.
///
/// @param algorithm `sha256`, `sha384` or `sha512`
/// @param hex lower case
public record Digest(String algorithm, String hex) {
  private static final Map<String, Integer> HEX_LENGTHS =
      Map.of("sha256", 64, "sha384", 96, "sha512", 128);

  public Digest {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!isValid(algorithm, hex)) {
      throw new IllegalArgumentException("not a checksum: " + algorithm + ":" + hex);
    }
  }

  /// Whether the two make a checksum of a kind that is good enough to trust bytes by.
  public static boolean isValid(String algorithm, String hex) {
    return hex.length() == HEX_LENGTHS.getOrDefault(algorithm, -1)
        && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }

  /// Of a file's bytes, by the same algorithm.
  public Digest sameOf(Path file) throws IOException {
    return of(algorithm, file);
  }

  /// Of a file's bytes.
  public static Digest of(String algorithm, Path file) throws IOException {
    MessageDigest digest = start(algorithm);
    byte[] buffer = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  /// SHA-256 of a text, in hex.
  static String sha256(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(start("sha256").digest(bytes));
  }

  static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Enough of it to tell files apart by name.
  public String brief() {
    return hex.substring(0, 12);
  }

  /// `sha256:…`.
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
