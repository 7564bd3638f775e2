package huddle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  private enum State {
    UP
  }

  private static final JsonObject STATUS =
      Json.object()
          .put("version", 1)
          .put("state", State.UP)
          .put("master", Json.object().put("url", "spark://10.0.0.1:7077"))
          .put("roles", List.of("master", "worker"))
          .put("reason", Optional.empty())
          .put("applications", List.of())
          .put("conf", Map.of());

  @Test
  void documentsHaveTwoSpacesOfIndentAndKeepTheOrderOfKeys() {
    assertThat(Json.document(STATUS))
        .isEqualTo(
            """
            {
              "version": 1,
              "state": "up",
              "master": {
                "url": "spark://10.0.0.1:7077"
              },
              "roles": [
                "master",
                "worker"
              ],
              "reason": null,
              "applications": [],
              "conf": {}
            }
            """);
  }

  @Test
  void linesHaveNoSpacesAndNoBreaks() {
    assertThat(Json.line(STATUS))
        .isEqualTo(
            "{\"version\":1,\"state\":\"up\",\"master\":{\"url\":\"spark://10.0.0.1:7077\"},"
                + "\"roles\":[\"master\",\"worker\"],\"reason\":null,\"applications\":[],\"conf\":{}}");
  }

  @Test
  void textComesBackAsItWasAndHoldsNothingATerminalActsOn() {
    String hostile = "\u001B[31m\"quoted\\\"\u009B2J\u202E\u2028\n\t\r\u0000\u007F é 漢 🐧 \uD800";
    String written = Json.line(List.of(hostile));
    assertThat(written).matches("[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]*").contains("é 漢 🐧");
    assertThat(read(written).list()).isEqualTo(List.of(hostile));
  }

  @Test
  void whatIsNoJsonIsTheCallersMistake() {
    assertThatThrownBy(() -> Json.line(new Object())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.line(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.line(Map.of(1, 2))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.object().put("a", 1).put("a", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsValuesInOrder() {
    Map<String, ?> object =
        read("{\"b\":[1,2.5,12345678901234567890,true,null],\"a\":{\"c\":\"d\"}}").object();
    assertThat(object.keySet()).containsExactly("b", "a");
    assertThat(object.get("b"))
        .isEqualTo(
            Arrays.asList(1, 2.5, new java.math.BigInteger("12345678901234567890"), true, null));
    assertThat(object.get("a")).isEqualTo(Map.of("c", "d"));
  }

  @Test
  void damageIsAFailureThatSaysWhatAndWhere() {
    assertThatThrownBy(() -> read("{\n\"a\":\n}").object())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.host()).contains("worker.one");
              assertThat(failure.what())
                  .startsWith("manifest.json is not the JSON expected: line 3");
              assertThat(failure.detail()).isEqualTo("{\n\"a\":\n}");
            });
    for (String damaged :
        List.of(
            "",
            "null",
            "[]",
            "\"text\"",
            "{",
            "{\"a\":1,\"a\":2}",
            "{} {}",
            "{}x",
            "{a:1}",
            "{\"a\":NaN}",
            "{\"a\":\"b",
            "{\"a\":" + "9".repeat(100_000) + "}",
            "{\"a\":" + "[".repeat(100_000),
            "\u0000\u0001\u0002",
            "<html>")) {
      assertThatThrownBy(() -> read(damaged).object())
          .as(damaged)
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("manifest.json is not the JSON expected: ");
    }
  }

  @Test
  void tooMuchIsAFailureBeforeItIsRead() {
    assertThatThrownBy(() -> read("[\"" + "x".repeat(17 << 20) + "\"]").list())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("too many");
  }

  private static JsonText read(String text) {
    return new JsonText("worker.one", "manifest.json", text);
  }
}
