package huddle.apply;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.spark.ConfFile;
import huddle.spark.PageKey;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret that a cluster's daemons, drivers and executors know one another by. Kept on the
/// hosts, 0600; held here only while a run writes it.
public final class ClusterSecret {
  private static final int BYTES = 32;

  private final String text;

  private ClusterSecret(String text) {
    this.text = text;
  }

  /// The one on the Master's host, or a new one where it has none.
  public static ClusterSecret of(Connection master, String root) {
    Script read =
        new Script(
                "read-secret",
                "[ ! -f \"$ROOT/conf/secret\" ] || cat \"$ROOT/conf/secret\"",
                Map.of())
            .with("ROOT", root);
    Output output = master.run(read, Duration.ofSeconds(30));
    String there = output.stdout().strip();
    if (output.exit() != 0 || !(there.isEmpty() || there.matches("[0-9a-f]{64}"))) {
      throw Failure.on(
          master.host(),
          "the secret in " + root + "/conf/secret cannot be read",
          "if it is damaged, remove that file and run `huddle up`: a new one is made and all daemons restart");
    }
    return new ClusterSecret(there.isEmpty() ? made() : there);
  }

  /// A new one.
  static ClusterSecret fresh() {
    return new ClusterSecret(made());
  }

  private static String made() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /// SHA-256 of it, as the probe reports it.
  public String digest() {
    return ConfFile.sha256(text);
  }

  /// The token of a service. It follows from the secret, so that there is nothing more to keep, and
  /// whoever has it learns nothing of the secret or of another token. Never for messages or logs.
  public String token(Role service) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      byte[] token = mac.doFinal(service.word().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /// A file's text with the secret and tokens in their places. Never for messages or logs.
  String fill(String template) {
    String filled =
        template.replace(ConfFile.SECRET, text).replace(ConfFile.PAGES, PageKey.of(text));
    for (Role service : Role.SERVICES) {
      if (filled.contains(ConfFile.token(service))) {
        filled = filled.replace(ConfFile.token(service), token(service));
      }
    }
    return filled;
  }

  @Override
  public String toString() {
    return "ClusterSecret[…]";
  }
}
