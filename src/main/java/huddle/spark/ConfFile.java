package huddle.spark;

import huddle.spec.Role;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One small file on a host.
///
/// @param path below the root
/// @param text whole content; [#SECRET] stands where the cluster's secret goes, [#PAGES] and
///   [#token] where what follows from it
/// @param mode permission bits in octal, `600`
/// @param isBinary whether each character of the text is a byte
public record ConfFile(String path, String text, String mode, boolean isBinary) {
  /// Stands for the secret in texts, so that plans, digests and JSON never hold it.
  public static final String SECRET = "@SECRET@";

  /// Lines that hold a secret or a token; the probe knows the same ones.
  private static final Pattern SECRET_LINE =
      Pattern.compile(
          "spark\\.authenticate\\.secret .*|-Dspark\\.authenticate\\.secret=.*"
              + "|-D[A-Za-z.]*\\.(token|secretKey)=.*");

  /// Stands for the key of the pages, which follows from the secret.
  public static final String PAGES = "@PAGES@";

  public ConfFile(String path, String text, String mode) {
    this(path, text, mode, false);
  }

  /// A file of bytes.
  static ConfFile ofBytes(String path, byte[] bytes, String mode) {
    return new ConfFile(path, new String(bytes, StandardCharsets.ISO_8859_1), mode, true);
  }

  /// Stands for the token of a service: it follows from the cluster's secret, and does not give
  /// that away.
  public static String token(Role service) {
    return "@TOKEN:" + service.word() + "@";
  }

  /// Whether the secret, or something that follows from it, is in it.
  public boolean holdsSecret() {
    return text.contains(SECRET) || text.contains(PAGES) || text.contains("@TOKEN:");
  }

  /// Whether it is a token and nothing else, so that no digest of it can be told beforehand.
  public boolean isToken() {
    return text.matches("@TOKEN:[a-z]+@\n");
  }

  /// What the probe reports for this file: SHA-256 of the lines that do not hold the secret.
  public String digest() {
    if (isBinary) {
      return sha256(text, StandardCharsets.ISO_8859_1);
    }
    String open =
        text.lines()
            .filter(line -> !SECRET_LINE.matcher(line).matches())
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return sha256(open);
  }

  /// Lower-case hex.
  public static String sha256(String text) {
    return sha256(text, StandardCharsets.UTF_8);
  }

  private static String sha256(String text, Charset charset) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(charset));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
