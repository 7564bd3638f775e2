package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PageKeyTest {
  private static final String SECRET = "5e".repeat(32);

  @Test
  void theKeyIsLongEnoughAndNotTheSecret() {
    byte[] key = Base64.getUrlDecoder().decode(PageKey.of(SECRET));
    assertThat(key).hasSize(32);
    assertThat(PageKey.of(SECRET)).doesNotContain(SECRET).isNotEqualTo(PageKey.of("5f" + SECRET));
  }

  @Test
  void theTokenIsSignedWithTheKey() throws Exception {
    String token = PageKey.authorization(SECRET);
    assertThat(token).startsWith("Bearer ");
    String[] parts = token.substring("Bearer ".length()).split("\\.", -1);
    assertThat(parts).hasSize(3);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(PageKey.of(SECRET)), "HmacSHA256"));
    assertThat(Base64.getUrlDecoder().decode(parts[2]))
        .isEqualTo(mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII)));
    assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
        .contains("\"alg\":\"HS256\"");
  }

  @Test
  void filtersOfTheFileComeAfterwards() {
    assertThat(
            PageKey.options(
                SparkVersion.parse("4.3.0").orElseThrow(), Map.of("spark.ui.filters", "a.B")))
        .startsWith("-Dspark.ui.filters=org.apache.spark.ui.JWSFilter,a.B\n");
    assertThat(PageKey.options(SparkVersion.parse("3.5.6").orElseThrow(), Map.of())).isEmpty();
  }
}
