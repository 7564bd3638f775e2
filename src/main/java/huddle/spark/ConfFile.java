package huddle.spark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// One small file on a host.
///
/// @param path below the root
/// @param text whole content; [#SECRET] stands where the cluster's secret goes, [#PAGES] where the
///   key of its pages does
/// @param mode permission bits in octal, `600`
public record ConfFile(String path, String text, String mode) {
  /// Stands for the secret in texts, so that plans, digests and JSON never hold it.
  public static final String SECRET = "@SECRET@";

  /// Stands for the key of the pages, which follows from the secret.
  public static final String PAGES = "@PAGES@";

  /// Whether it differs with the cluster's secret.
  public boolean holdsSecret() {
    return text.contains(SECRET) || text.contains(PAGES);
  }

  /// What the probe reports for this file: SHA-256 of the lines that hold no secret.
  public String digest() {
    String open =
        text.lines()
            .filter(line ->
                !line.startsWith("spark.authenticate.secret ")
                    && !line.startsWith("-Dspark.authenticate.secret=")
                    && !line.startsWith(PageKey.OPTION))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return sha256(open);
  }

  /// Lower-case hex.
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
