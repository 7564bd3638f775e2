package huddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningProcessTest {
  @Test
  void isToldFromALaterOneOfTheSameNumber() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    RunningProcess running = RunningProcess.of(process.pid()).orElseThrow();
    RunningProcess other = new RunningProcess(process.pid(), running.start() + "1");
    assertThat(running.isAlive()).isTrue();
    assertThat(other.isAlive()).isFalse();
    other.end();
    assertThat(process.isAlive()).isTrue();
    running.end();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(running.isAlive()).isFalse();
  }

  @Test
  void oneThatDoesNotListenIsKilled() throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo on; while :; do sleep 1; done").start();
    assertThat(process.getInputStream().read()).isEqualTo('o');
    RunningProcess.of(process.pid()).orElseThrow().end();
    assertThat(process.waitFor()).isEqualTo(137);
  }
}
