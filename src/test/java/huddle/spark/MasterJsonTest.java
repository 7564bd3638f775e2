package huddle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterJsonTest {
  private static String recorded() throws IOException {
    try (InputStream in = MasterJsonTest.class.getResourceAsStream("master.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsWhatAMasterOfSpark43Says() throws IOException {
    MasterState state = MasterJson.parse(recorded()).orElseThrow();
    assertThat(state.url()).isEqualTo("spark://10.0.0.1:7077");
    assertThat(state.isAlive()).isTrue();
    assertThat(state.workers())
        .containsExactly(
            new MasterState.Worker(
                "worker-20261123190000-10.0.0.1-7078", "10.0.0.1", 7078, "DEAD", 4, 0, 6144, 0),
            new MasterState.Worker(
                "worker-20261123191305-10.0.0.1-7078", "10.0.0.1", 7078, "ALIVE", 4, 1, 6144, 512));
    assertThat(state.applications())
        .containsExactly(
            new MasterState.Application(
                "app-20261123191400-0000", "etl", "ada", "RUNNING", 1, 512, 1795461240000L));
  }

  @Test
  void theLivingWorkerComesBeforeADeadOneAtItsAddress() throws IOException {
    MasterState state = MasterJson.parse(recorded()).orElseThrow();
    assertThat(state.worker("10.0.0.1", 7078).orElseThrow().isAlive()).isTrue();
    assertThat(state.worker("10.0.0.1", 7079)).isEmpty();
    assertThat(state.worker("10.0.0.2", 7078)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "[]",
        "<!DOCTYPE html><html>",
        "{",
        "{}",
        "{\"url\": \"spark://h:7077\"}",
        "{\"url\": 7, \"status\": \"ALIVE\"}",
        "{\"url\": \"u\", \"status\": null}",
        "{\"url\": \"u\", \"status\": \"ALIVE\", \"workers\": [{\"id\": ",
      })
  void whatIsNoMastersIsNone(String text) {
    assertThat(MasterJson.parse(text)).isEmpty();
  }

  @Test
  void whatMakesNoSenseWithinIsLeftOut() {
    MasterState state =
        MasterJson.parse(
                """
                {"url": "u", "status": "STANDBY", "activeapps": 7,
                 "workers": [7, null, [], {"id": 7, "host": [], "port": "x", "cores": 1e99, "memory": {}}]}
                """)
            .orElseThrow();
    assertThat(state.isAlive()).isFalse();
    assertThat(state.applications()).isEmpty();
    assertThat(state.workers()).hasSize(1);
    assertThat(state.workers().getFirst().id()).isEmpty();
    assertThat(state.workers().getFirst().isAlive()).isFalse();
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertThat(MasterJson.parse("{\"a\":".repeat(100_000))).isEmpty();
    assertThat(MasterJson.parse("{\"url\":\"" + "x".repeat(17 << 20) + "\"")).isEmpty();
    String many = "{\"state\": \"ALIVE\"},".repeat(20_000);
    MasterState state =
        MasterJson.parse("{\"url\": \"u\", \"status\": \"ALIVE\", \"workers\": [" + many + "{}]}")
            .orElseThrow();
    assertThat(state.workers()).hasSize(10_000);
  }
}
