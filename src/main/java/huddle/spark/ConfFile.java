package huddle.spark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// One small file on a host.
///
/// @param path below the root
/// @param text whole content; [#SECRET] stands where the cluster's secret goes
/// @param mode permission bits in octal, `600`
public record ConfFile(String path, String text, String mode) {
  /// Stands for the secret in texts, so that plans, digests and JSON never hold it.
  public static final String SECRET = "@SECRET@";

  /// What the probe reports for this file: SHA-256 of the lines that do not hold the secret.
  public String digest() {
    String open =
        text.lines()
            .filter(line ->
                !line.startsWith("spark.authenticate.secret ")
                    && !line.startsWith("-Dspark.authenticate.secret="))
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
