package huddle.plan;

import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.WriteConf;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spec.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known to go wrong before anything is touched.
class RefusalsTest {
  private static final String FILE = "name: penguins\nmaster: one\nworkers: [one, two]\n";

  private final FoundHost one = FoundHost.at("10.0.0.1");
  private final FoundHost two = FoundHost.at("10.0.0.2");
  private final SimulatedCluster cluster = new SimulatedCluster().host("one", one).host("two", two);

  /// Host two's refusal; the others go on.
  private String refused() {
    Plan plan = cluster.plan(FILE);
    assertThat(plan.refusals()).hasSize(1);
    Failure failure = plan.refusals().getFirst();
    assertThat(failure.host()).contains("two");
    assertThat(words(plan)).contains("one add master", "one add worker", "one add proof");
    assertThat(words(plan)).noneMatch(line -> line.startsWith("two"));
    return failure.what() + "; " + failure.remedy();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.2, 7078, worker",
    "0.0.0.0, 7078, worker",
    "::, 7078, worker",
    "::ffff:10.0.0.2, 7078, worker",
    "::ffff:0.0.0.0, 7078, worker",
    "127.0.0.1, 8081, workerUi",
    "::, 8081, workerUi",
    "::ffff:127.0.0.1, 8081, workerUi",
  })
  void aPortTakenByAnotherProcess(String address, int port, String key) {
    two.listening(address, port);
    assertThat(refused())
        .isEqualTo(
            "port %d is taken by another process; stop that, or choose another port with `ports: {%s: …}`"
                .formatted(port, key));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 7078",
    "172.17.0.1, 7078",
    "10.0.0.2, 8081",
    "::1, 8081",
    "0.0.0.0, 7077"
  })
  void aPortTakenWhereNothingOfOursListensIsFree(String address, int port) {
    two.listening(address, port);
    assertThat(cluster.plan(FILE).refusals()).isEmpty();
  }

  @Test
  void aPortTakenByAnotherClustersDaemonNamesIt() {
    two.listening("10.0.0.2", 7078);
    two.daemons.add(
        new HostFacts.SparkDaemon(
            77, Role.WORKER, "seals", "/home/bob/.huddle/seals", List.of(7078)));
    assertThat(refused())
        .startsWith("port 7078 is taken by the Worker of the cluster seals (process 77)");

    two.daemons.set(0, new HostFacts.SparkDaemon(77, Role.MASTER, "", "", List.of(7078, 8080)));
    assertThat(refused())
        .startsWith(
            "port 7078 is taken by the Master of a Spark that is not Huddle's (process 77)");
  }

  @Test
  void ofItsOwnDaemonsTakesNoPort() {
    cluster.up(FILE);
    assertThat(cluster.plan(FILE).refusals()).isEmpty();
  }

  @Test
  void aDiskThatIsTooSmall() {
    two.disk("root", two.root, 2_000, 900, true, "rw");
    assertThat(refused())
        .startsWith("the root /home/ada/.huddle/penguins has 900 MiB free; Spark needs 1024");
  }

  @Test
  void aDiskThatFilledUpSinceSparkWasInstalledIsNoReason() {
    cluster.up(FILE);
    two.disk("root", two.root, 2_000, 900, true, "rw");
    assertThat(cluster.plan(FILE).refusals()).isEmpty();
  }

  @Test
  void aDiskOfUnknownSizeIsNotFull() {
    two.disk("root", two.root, 0, 0, true, "rw");
    assertThat(cluster.plan(FILE).refusals()).isEmpty();
  }

  @Test
  void aDiskThatIsFull() {
    two.disk("root", two.root, 2_000, 0, true, "rw");
    assertThat(refused()).contains("has 0 MiB free");
  }

  @Test
  void aRootThatCannotBeWritten() {
    two.disk("root", "/data/huddle", 2_000, 2_000, false, "rw");
    assertThat(refused())
        .isEqualTo(
            "the root /data/huddle cannot be written by ada; name another folder with `root:` for this host");
  }

  @Test
  void aScratchFolderThatCannotBeWritten() {
    two.disk("dir", "/mnt/ssd", 2_000, 2_000, false, "rw");
    assertThat(refused())
        .isEqualTo(
            "the scratch folder /mnt/ssd cannot be written by ada; name another folder with `dirs:` for this host");
  }

  @Test
  void aRootOnANoexecMount() {
    two.disk("root", two.root, 90_000, 90_000, true, "rw,noexec");
    assertThat(refused()).contains("lies on a file system mounted noexec");
  }

  @Test
  void aNoexecTmpIsNoReason() {
    two.disk("tmp", "/tmp", 100, 0, false, "rw,noexec");
    assertThat(cluster.plan(FILE).refusals()).isEmpty();
  }

  @Test
  void tooLittleMemory() {
    two.memoryMiB = 1_024;
    assertThat(refused())
        .startsWith("1024 MiB of memory leave 0 for a Worker, less than one executor needs");
  }

  @Test
  void theRootOfAnotherCluster() {
    two.owner = java.util.Optional.of("seals");
    two.exists = true;
    assertThat(refused())
        .isEqualTo(
            "the root /home/ada/.huddle/penguins belongs to the cluster seals; name another folder with `root:` for this host");
    two.running.put(Role.WORKER, new Installed.Running(7, 7, "x", List.of(7078, 8081)));
    for (Goal goal : List.of(new Goal.Stopped(), new Goal.Gone())) {
      Plan plan = cluster.plan(SimulatedCluster.spec(FILE), goal);
      assertThat(plan.refusals()).extracting(Failure::what).hasSize(1);
      assertThat(words(plan)).noneMatch(line -> line.startsWith("two"));
    }
  }

  @Test
  void aSecondLoginOnTheSameMachine() {
    cluster.host("bob@two", FoundHost.at("10.0.0.2")).host("ada@two", two);
    String file = "name: penguins\nmaster: one\nworkers: [one, ada@two, bob@two]\n";
    Plan plan = cluster.up(file);
    assertThat(plan.refusals()).hasSize(1);
    assertThat(plan.refusals().getFirst().host()).contains("bob@two");
    assertThat(plan.refusals().getFirst().what())
        .isEqualTo("it is the same machine as ada@two: both are reached at 10.0.0.2");
    assertThat(words(plan)).contains("ada@two add worker").noneMatch(w -> w.startsWith("bob@two"));

    cluster.host("bob@two").listening("10.0.0.2", 7078);
    assertThat(cluster.plan(file).refusals().getFirst().what())
        .as("once its first login runs one, too")
        .startsWith("it is the same machine as ada@two");
  }

  @Test
  void twoLoginsOnTheMastersMachineAreNoProblemWhereOnlyOneHasAWorker() {
    FoundHost bob = FoundHost.at("10.0.0.1");
    bob.root = "/home/bob/.huddle/penguins";
    cluster.host("bob@one", bob).host("ada@one", one);
    Plan plan = cluster.plan("name: penguins\nmaster: ada@one\nworkers: [bob@one, two]\n");
    assertThat(plan.refusals()).isEmpty();
  }

  @Test
  void oneRootUnderTwoNamesIsNotTwoHosts() {
    cluster.host("10.0.0.1", FoundHost.at("10.0.0.1")).host("one", one);
    Plan plan = cluster.plan("name: penguins\nmaster: one\nworkers: [ada@10.0.0.1, two]\n");
    assertThat(plan.refusals())
        .extracting(Failure::what)
        .containsExactly("it is the same machine as one: both are reached at 10.0.0.1");
  }

  @Test
  void aListOfWorkersIsNotGuessedWhileOneDoesNotAnswer() {
    cluster.up(FILE);
    cluster.unreachable("two");
    assertThat(cluster.plan(FILE).changes()).noneMatch(WriteConf.class::isInstance);
  }

  @Test
  void aHostWithoutTheProgramsThatScriptsStart() {
    two.missing = List.of("bash", "setsid");
    assertThat(refused())
        .isEqualTo(
            "it lacks bash, setsid, which Huddle's and Spark's scripts need; install them there, or leave the host out");
  }

  @Test
  void aRootThatHoldsWhatIsNotHuddles() {
    two.foreign = List.of("thesis", "photos");
    assertThat(refused())
        .isEqualTo(
            "the root /home/ada/.huddle/penguins holds files that are not Huddle's (thesis photos); name another folder with `root:` for this host");
    two.foreign = List.of(".");
    assertThat(refused()).startsWith("the root /home/ada/.huddle/penguins is a file; ");
  }

  @Test
  void anUnreachableWorkerKeepsNobodyElse() {
    cluster.unreachable("two");
    assertThat(refused()).startsWith("it does not answer");
  }

  @Test
  void withoutTheMastersHostNothingIsPlannedAndEveryReasonIsSaid() {
    cluster.unreachable("one");
    two.noPython();
    Plan plan = cluster.plan(FILE);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.refusals()).extracting(Failure::what).contains("it does not answer");
  }

  @Test
  void aMastersHostThatCannotTakePartStopsEverything() {
    one.noJava();
    two.memoryMiB = 100;
    Plan plan = cluster.plan(FILE);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.refusals()).extracting(f -> f.host().orElse("")).containsExactly("one", "two");
  }

  @Test
  void whatMayGoWrongLaterIsAWarning() {
    two.clockOffsetMillis = -90_000;
    two.openFiles = 1_024;
    one.clockOffsetMillis = 900;
    one.openFiles = -1;
    assertThat(cluster.plan(FILE).warnings())
        .extracting(f -> f.host().orElse("") + ": " + f.what())
        .containsExactly(
            "two: its clock is 90.0 s behind this machine's",
            "two: a process may open only 1024 files; large shuffles need more");
  }
}
