package huddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.apply.Convergence;
import huddle.change.PrepareRoot;
import huddle.event.Event;
import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.plan.Offers;
import huddle.plan.Plan;
import huddle.spark.SparkVersion;
import huddle.ssh.Connectors;
import huddle.ssh.SshClient;
import huddle.ui.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live lines go on after the plan was shown.
final class LiveRunTest {
  private static final Map<String, String> TTY =
      Map.of(
          "HUDDLE_TTY_IN", "1",
          "HUDDLE_TTY_OUT", "1",
          "HUDDLE_TTY_ERR", "1",
          "HUDDLE_COLUMNS", "80",
          "TERM", "xterm",
          "LANG", "C.UTF-8");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aChangeThatRunsIsDrawnAfterThePlanWasShown(@TempDir Path home) throws InterruptedException {
    Context context = context(home);
    UpCommand up = new UpCommand(context);
    try (ClusterSession session = ClusterSession.open(context, up.options, "up", false)) {
      up.show(session, planned());
      session.events().report(new Event.ChangeStarted("localhost", "spark", "Spark 4.3.0"));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!shown().contains("Spark 4.3.0") && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
    }
    assertThat(shown())
        .containsSubsequence("folder /home/ada/.huddle/local", "localhost", "Spark 4.3.0");
  }

  @Test
  void theLogThatAPlanNamesHasItsRefusals(@TempDir Path home) throws Exception {
    Context context = context(home);
    PlanCommand plan = new PlanCommand(context);
    String log;
    try (ClusterSession session = ClusterSession.open(context, plan.options, "plan", false)) {
      log =
          session.keepRefusals(
              List.of(
                  new Failure("localhost", "port 7077 is taken", "choose another", "by pid 1\n")));
    }
    assertThat(Files.readString(Path.of(log)))
        .containsSubsequence(
            "failed: localhost: port 7077 is taken", "do: choose another", "by pid 1");
    assertThat(shown()).isEmpty();
  }

  private Context context(Path home) {
    Terminal terminal =
        Terminal.of(
            TTY,
            false,
            new Terminal.Streams(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)));
    return new Context(
        terminal,
        Map.of(),
        home,
        home,
        InstantSource.system(),
        (known, events) ->
            new Connectors(SshClient.system(known, Map.of()), Map.of(), event -> {}));
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Convergence.Planned planned() {
    return new Convergence.Planned(
        new ClusterFacts(Map.of(), Map.of(), Optional.empty(), List.of()),
        new Offers(new SparkVersion(4, 3, 0), Optional.empty(), Map.of(), Optional.empty()),
        new Plan(
            List.of(new PrepareRoot("localhost", "/home/ada/.huddle/local", "local")),
            List.of(),
            List.of()));
  }
}
