package huddle.spark;

import huddle.shell.ShellWord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The credential of the cluster's pages. Spark's own JWSFilter, since 4.0, answers only to a
/// request that carries a token signed with a key; the key follows from the cluster's secret, and
/// gives nothing of it away.
public final class PageKey {
  /// The filter, which Spark has among its own classes.
  static final String FILTER = "org.apache.spark.ui.JWSFilter";

  /// The option with the key. Spark redacts whatever has "secret" in its name.
  static final String OPTION = "-Dspark." + FILTER + ".param.secretKey=";

  private static final String PURPOSE = "huddle: pages, 1";

  private PageKey() {}

  /// Whether the pages of this Spark can ask for a credential.
  public static boolean guards(SparkVersion version) {
    return version.isAtLeast(4, 0);
  }

  /// The key as Spark reads it.
  public static String of(String secret) {
    return base64(hmac(secret.getBytes(StandardCharsets.UTF_8), PURPOSE));
  }

  /// What a request says in its `Authorization` header. It does not expire: clocks of hosts differ,
  /// and it goes through SSH to a port that the cluster's own login listens on.
  public static String authorization(String secret) {
    String signed =
        base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64("{\"sub\":\"huddle\"}".getBytes(StandardCharsets.UTF_8));
    byte[] key = hmac(secret.getBytes(StandardCharsets.UTF_8), PURPOSE);
    return "Bearer " + signed + "." + base64(hmac(key, signed));
  }

  /// Options of every JVM with a page; empty where its Spark has no filter.
  ///
  /// @param conf keys of the file, which may name filters of its own
  static String options(SparkVersion version, Map<String, String> conf) {
    return guards(version)
        ? "-Dspark.ui.filters=%s\n%s%s\n".formatted(filters(conf), OPTION, ConfFile.PAGES)
        : "";
  }

  /// What gives a driver its options. In cluster mode it gets them from its Worker instead: what
  /// spark-submit knows would come onto the command line there, for all to read.
  ///
  /// @param file of the options, absolute
  static String environment(String file) {
    return "huddle_pages="
        + ShellWord.quote("\"@" + file + "\"")
        + """

        SPARK_SUBMIT_OPTS=${SPARK_SUBMIT_OPTS-}
        SPARK_SUBMIT_OPTS=${SPARK_SUBMIT_OPTS#"$huddle_pages "}
        case " $* " in
          *" --deploy-mode cluster "* | *--deploy-mode=cluster* | *spark.submit.deployMode=cluster*) ;;
          *) SPARK_SUBMIT_OPTS="$huddle_pages $SPARK_SUBMIT_OPTS" ;;
        esac
        export SPARK_SUBMIT_OPTS
        unset huddle_pages
        """;
  }

  /// Ours first: what follows is reached by nobody without the credential.
  static String filters(Map<String, String> conf) {
    String theirs = conf.getOrDefault("spark.ui.filters", "").strip();
    return theirs.isEmpty() ? FILTER : FILTER + "," + theirs;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
