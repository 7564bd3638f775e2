package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalConnectionTest extends ConnectionContract {
  @Override
  Connection connection() {
    return new LocalConnection("localhost", environment(Map.of()));
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("HOME", temporary.toString());
    environment.putAll(more);
    return environment;
  }

  @Test
  void startsInTheHomeFolder() {
    assertThat(connection().run(script("pwd -P"), BOUND).stdout().strip())
        .isEqualTo(temporary.toString());
  }

  @Test
  void ctrlCInTheTerminalDoesNotReachAScript() {
    String session = "read -r stat </proc/$$/stat; set -- ${stat##*) }; echo $(($4 - $$))";
    assertThat(connection().run(script(session), BOUND).stdout()).isEqualTo("0\n");
  }

  @Test
  void leavesOutWhatConcernsAnotherSpark() {
    Connection connection =
        new LocalConnection(
            "localhost",
            environment(Map.of("SPARK_HOME", "/x", "PYTHONPATH", "/y", "KEPT", "yes")));
    assertThat(connection.run(script("echo ${SPARK_HOME-no}${PYTHONPATH-no}$KEPT"), BOUND).stdout())
        .isEqualTo("nonoyes\n");
  }
}
