package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureViewTest {
  private final Failure PORT =
      Failure.on("worker.one", "port 7078 is taken by pid 411", "Stop it or set ports.worker.");
  private final Failure KEY =
      Failure.on(
          "worker.two", "its host key changed", "Ask its admin\u001B[31m, then ssh-keygen -R.");

  @Test
  void oneFailureSaysWhereWhatAndTheWayOut() {
    assertThat(FailureView.render(List.of(PORT), "/home/ada/up.log", Style.PLAIN))
        .isEqualTo(
            """
            failed: worker.one: port 7078 is taken by pid 411
              do: Stop it or set ports.worker.
            log: /home/ada/up.log
            """);
    assertThat(FailureView.render(List.of(Failure.of("no file", "")), "", Style.PLAIN))
        .isEqualTo("failed: no file\n");
  }

  @Test
  void severalAreAListOfHosts() {
    assertThat(FailureView.render(List.of(PORT, KEY, KEY), "", Style.PLAIN))
        .isEqualTo(
            """
            failed on 2 hosts:
             - worker.one: port 7078 is taken by pid 411
               do: Stop it or set ports.worker.
             - worker.two: its host key changed
               do: Ask its admin, then ssh-keygen -R.
             - worker.two: its host key changed
               do: Ask its admin, then ssh-keygen -R.
            """);
    assertThat(
            FailureView.render(
                List.of(Failure.of("a", ""), Failure.of("b", "")), "", new Style(true, true)))
        .isEqualTo("\u001B[31mfailed:\u001B[0m\n - a\n - b\n");
  }
}
