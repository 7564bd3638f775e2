package huddle.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.change.Action;
import huddle.change.Prove;
import huddle.event.Failure;
import huddle.plan.Proof;
import huddle.spark.SampleSettings;
import huddle.ssh.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The proof job's answer is believed only if it is all there.
class ProofRunTest {
  private static final List<Action.Expected> BOTH =
      List.of(
          new Action.Expected("one", "10.0.0.1", 7078),
          new Action.Expected("two", "10.0.0.2", 7078));

  private final FakeHosts hosts = new FakeHosts();

  private String prove(String stdout) throws InterruptedException {
    return prove(new Output(0, stdout, ""));
  }

  private String prove(Output output) throws InterruptedException {
    return proven(output).proof();
  }

  private ProofRun.Proven proven(Output output) throws InterruptedException {
    hosts.one().answering(script -> output);
    Prove change = new Prove(SampleSettings.full("/root"), BOTH, "");
    Action.Prove action = (Action.Prove) change.actions().getFirst();
    return new ProofRun(new Waits(hosts.open())).run(hosts.one(), action);
  }

  private Failure refused(Output output) {
    return catchThrowableOfType(Failure.class, () -> prove(output));
  }

  private Failure refused(String stdout) {
    return refused(new Output(0, stdout, ""));
  }

  @Test
  void ofEveryWorkerATaskAndTheRightSumIsProofOfThisMasterAndTheseWorkers() throws Exception {
    hosts.one().master("10.0.0.1", "10.0.0.2");
    String proof =
        prove(
            "noise\nHUDDLE_MASTER 12:3456\nHUDDLE_PROOF {\"hosts\": {\"one\": \"3.11.2\", \"two\": \"3.11.2\"}, \"sum\": 499500}\n");
    assertThat(proof)
        .isEqualTo(
            Proof.of(
                    "12:3456",
                    hosts.open().masterClient().state().orElseThrow(),
                    BOTH,
                    "huddle-python")
                .orElseThrow());
    assertThat(hosts.one().scripts().getFirst().variables()).containsEntry("WORKER_COUNT", "2");
  }

  @Test
  void aWorkerThatDidNotStartIsLeftOut() throws Exception {
    hosts.one().master("10.0.0.1");
    String answer = "HUDDLE_PROOF {\"hosts\": {\"one\": \"3.11.2\"}, \"sum\": 499500}\n";
    assertThat(proven(new Output(0, answer, "")).less())
        .contains("PySpark job with a task on 1 of 2 Workers, none on two");
    assertThat(hosts.one().scripts().getFirst().variables()).containsEntry("WORKER_COUNT", "1");
  }

  @Test
  void withoutAWorkerNothingIsProven() {
    hosts.one().master();
    assertThat(refused("").what()).isEqualTo("no Worker is alive, so nothing can be proven");
    assertThat(hosts.one().ran()).isEmpty();
  }

  @Test
  void aWorkerWithoutATaskIsNamed() {
    hosts.one().master("10.0.0.1", "10.0.0.2");
    Failure failure = refused("HUDDLE_PROOF {\"hosts\": {\"one\": \"3.11.2\"}, \"sum\": 499500}\n");
    assertThat(failure.what()).isEqualTo("the proof job ran no task on two");
    assertThat(failure.remedy()).isEqualTo("see `huddle logs worker --host two`");
  }

  @Test
  void whoHoldsTheCoresIsNamed() {
    hosts
        .one()
        .page(
            """
            {"url":"u","status":"ALIVE",
             "workers":[{"id":"w","host":"10.0.0.1","port":7078,"state":"ALIVE"}],
             "activeapps":[{"id":"app-1","name":"etl","cores":4},{"id":"app-2","name":"idle","cores":0}]}
            """);
    assertThat(refused("HUDDLE_PROOF {}\n").remedy())
        .isEqualTo("wait for it or end it: etl (app-1) holds 4 cores");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HUDDLE_PROOF {\"hosts\": {\"one\": 1, \"two\": 1}, \"sum\": 1} | the proof job's sum is wrong: 1",
        "HUDDLE_PROOF {\"hosts\": {\"one\": 1, \"two\": 1}, \"sum\": \"499500\"} | the proof job's sum is wrong: 499500",
        "HUDDLE_PROOF {\"hosts\": {\"one\": 1, \"two\": 1}} | the proof job's sum is wrong: null",
        "HUDDLE_PROOF {\"hosts\": [\"one\", \"two\"], \"sum\": 499500} | the proof job ran no task on one, two",
      })
  void anotherAnswerIsNone(String stdout, String what) {
    hosts.one().master("10.0.0.1", "10.0.0.2");
    assertThat(refused(stdout + "\n").what()).isEqualTo(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HUDDLE_PROOF",
        "HUDDLE_PROOF {",
        "HUDDLE_PROOF []",
        "HUDDLE_PROOF null",
        "HUDDLE_PROOF 7",
        "HUDDLE_PROOF <html>",
      })
  void aDamagedAnswerIsNone(String stdout) {
    hosts.one().master("10.0.0.1", "10.0.0.2");
    assertThat(refused(stdout + "\n").what())
        .isIn("the proof job's answer is damaged", "the proof job ran no task on one, two");
  }

  @Test
  void aJobThatFailsSaysItsLastError() {
    hosts.one().master("10.0.0.1", "10.0.0.2");
    Failure failure =
        refused(
            new Output(
                1,
                "",
                "WARN x\norg.apache.spark.SparkException: first\n  at Frame\njava.io.IOException: No space left on device\n  at Frame\n"));
    assertThat(failure.what())
        .isEqualTo("the proof job failed: java.io.IOException: No space left on device");
    assertThat(failure.detail()).contains("at Frame");
    assertThat(refused(new Output(137, "", "")).what())
        .isEqualTo("the proof job failed: exit code 137");
  }
}
