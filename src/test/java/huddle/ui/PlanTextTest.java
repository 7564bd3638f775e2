package huddle.ui;

import static huddle.ui.PlanText.Action.ADD;
import static huddle.ui.PlanText.Action.CHANGE;
import static huddle.ui.PlanText.Action.REMOVE;
import static huddle.ui.PlanText.Action.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  private static final PlanText PLAN =
      new PlanText(
          List.of(
              line("worker.one", CHANGE, "write conf/spark-env.sh", "cores 4 instead of 2"),
              line("worker.two", ADD, "install Spark 4.3.0", ""),
              line("worker.three", ADD, "install Spark 4.3.0", ""),
              line("worker.one", RESTART, "restart the Worker", "its settings change"),
              line("worker.four", REMOVE, "remove Spark 4.2.0\u001B[2J", "nothing uses it")));

  @Test
  void groupsByHostAndCounts() {
    assertThat(PLAN.render(new Style(false, true), 80))
        .isEqualTo(
            """
            worker.one
              ~ write conf/spark-env.sh (cores 4 instead of 2)
              ~ restart the Worker (its settings change)

            worker.two, worker.three
              + install Spark 4.3.0

            worker.four
              - remove Spark 4.2.0 (nothing uses it)

            Plan: 2 to add, 1 to change, 1 to remove, 1 to restart on 4 hosts.
            """);
  }

  @Test
  void narrowTerminalsGetReasonsOnTheirOwnLines() {
    assertThat(PLAN.render(new Style(false, true), 40))
        .startsWith(
            """
            worker.one
              ~ write conf/spark-env.sh
                  (cores 4 instead of 2)
              ~ restart the Worker
                  (its settings change)
            """);
  }

  @Test
  void manyHostsWithTheSameChangesAreOneBlock() {
    List<PlanText.Line> lines =
        java.util.stream.IntStream.rangeClosed(1, 8)
            .mapToObj(i -> line("worker" + i, ADD, "install Spark 4.3.0", ""))
            .toList();
    assertThat(new PlanText(lines).render(Style.PLAIN, 40))
        .isEqualTo(
            """
            worker1, worker2, worker3, worker4,
            worker5, worker6, worker7, worker8
              + install Spark 4.3.0

            Plan: 8 to add, 0 to change, 0 to remove, 0 to restart on 8 hosts.
            """);
  }

  @Test
  void marksHaveColours() {
    assertThat(PLAN.render(new Style(true, true), 80))
        .contains(
            "\u001B[1mworker.one\u001B[0m\n  \u001B[33m~\u001B[0m write",
            "\u001B[32m+\u001B[0m install",
            "\u001B[31m-\u001B[0m remove Spark 4.2.0 \u001B[2m(nothing uses it)\u001B[0m");
  }

  @Test
  void nothingToDoIsOneLine() {
    assertThat(new PlanText(List.of()).render(Style.PLAIN, 80)).isEqualTo("Nothing to do.\n");
  }

  @Test
  void oneHostIsSingular() {
    assertThat(new PlanText(List.of(line("", ADD, "install Spark", ""))).summary())
        .isEqualTo("Plan: 1 to add, 0 to change, 0 to remove, 0 to restart on 1 host.");
  }

  private static PlanText.Line line(
      String host, PlanText.Action action, String summary, String reason) {
    return new PlanText.Line(host, action, summary, reason);
  }
}
