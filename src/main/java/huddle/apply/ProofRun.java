package huddle.apply;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.change.Action;
import huddle.event.Count;
import huddle.event.Failure;
import huddle.plan.Proof;
import huddle.spark.MasterState;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Runs the proof job and believes only its answer: a task from every Worker, and the right sum.
final class ProofRun {
  private static final Duration BOUND = Duration.ofMinutes(6);
  private static final long SUM = 499_500;

  private final Waits waits;

  ProofRun(Waits waits) {
    this.waits = waits;
  }

  /// @param proof what was proven, for `run/proof`
  /// @param less of which Workers, if not of all
  record Proven(String proof, Optional<String> less) {}

  Proven run(Connection connection, Action.Prove prove) throws InterruptedException {
    // Workers that failed to start have their own failure; the others are proven all the same.
    Optional<MasterState> alive = waits.until(Duration.ofSeconds(20), state -> state.isAlive());
    List<Action.Expected> expected =
        prove.workers().stream()
            .filter(worker ->
                alive
                    .flatMap(state -> state.worker(worker.address(), worker.port()))
                    .filter(MasterState.Worker::isAlive)
                    .isPresent())
            .toList();
    if (expected.isEmpty()) {
      throw Failure.on(
          connection.host(),
          "no Worker is alive, so nothing can be proven",
          "see the Workers' failures");
    }
    Output output =
        connection.run(
            prove.script().with("WORKER_COUNT", Integer.toString(expected.size())), BOUND);
    if (output.exit() != 0) {
      throw explained(connection, output, alive);
    }
    Map<String, Object> answer = answer(connection, output);
    List<String> missing =
        expected.stream()
            .map(Action.Expected::host)
            .filter(
                host -> !(answer.get("hosts") instanceof Map<?, ?> seen && seen.containsKey(host)))
            .toList();
    if (!missing.isEmpty()) {
      throw new Failure(
          connection.host(),
          "the proof job ran no task on " + String.join(", ", missing),
          holders(alive).orElse("see `huddle logs worker --host " + missing.getFirst() + "`"),
          output.stdout() + output.stderr());
    }
    if (!(answer.get("sum") instanceof Number sum) || sum.longValue() != SUM) {
      throw new Failure(
          connection.host(),
          "the proof job's sum is wrong: " + answer.get("sum"),
          "",
          output.stdout());
    }
    String master =
        output
            .stdout()
            .lines()
            .filter(line -> line.startsWith("HUDDLE_MASTER "))
            .map(line -> line.substring("HUDDLE_MASTER ".length()))
            .findFirst()
            .orElse("");
    return waits
        .until(
            Duration.ofSeconds(20),
            state -> Proof.of(master, state, expected, prove.python()).isPresent())
        .flatMap(state -> Proof.of(master, state, expected, prove.python()))
        .map(proof -> new Proven(proof, less(expected, prove.workers())))
        .orElseThrow(() ->
            Failure.on(
                connection.host(),
                "a Worker was lost while the proof job ran",
                "run `huddle up` again"));
  }

  private static Optional<String> less(
      List<Action.Expected> proven, List<Action.Expected> planned) {
    String not =
        planned.stream()
            .filter(worker -> !proven.contains(worker))
            .map(Action.Expected::host)
            .collect(Collectors.joining(", "));
    return not.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "PySpark job with a task on %d of %d Workers, none on %s"
                .formatted(proven.size(), planned.size(), not));
  }

  private static Failure explained(
      Connection connection, Output output, Optional<MasterState> state) {
    String why =
        output
            .stderr()
            .lines()
            .filter(line ->
                line.contains("Exception") || line.contains("Error") || line.contains("ERROR"))
            .reduce((first, last) -> last)
            .orElse("exit code " + output.exit());
    return new Failure(
        connection.host(),
        "the proof job failed: " + why.strip(),
        holders(state).orElse("see the log of this run"),
        output.stdout() + output.stderr());
  }

  /// Who holds the cores that the proof did not get.
  private static Optional<String> holders(Optional<MasterState> state) {
    String holders =
        state.stream()
            .flatMap(s -> s.applications().stream())
            .filter(application -> application.cores() > 0)
            .map(a -> "%s (%s) holds %s".formatted(a.name(), a.id(), Count.of(a.cores(), "core")))
            .limit(3)
            .collect(Collectors.joining(", "));
    return holders.isEmpty() ? Optional.empty() : Optional.of("wait for it or end it: " + holders);
  }

  private static Map<String, Object> answer(Connection connection, Output output) {
    String line =
        output
            .stdout()
            .lines()
            .filter(l -> l.startsWith("HUDDLE_PROOF "))
            .reduce((first, last) -> last)
            .orElse("HUDDLE_PROOF {}");
    try {
      Map<String, Object> answer = JSON.std.mapFrom(line.substring("HUDDLE_PROOF ".length()));
      // The text `null` is JSON too.
      if (answer != null) {
        return answer;
      }
    } catch (IOException e) {
      // Said below.
    }
    throw new Failure(connection.host(), "the proof job's answer is damaged", "", output.stdout());
  }
}
