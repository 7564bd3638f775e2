package huddle.plan;

import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.Prove;
import huddle.change.WriteConf;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spark.ConfFile;
import huddle.spec.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// From nothing to up, and what each later difference leads to.
class UpPlanTest {
  private static final String FILE =
      """
      name: penguins
      master: worker.one
      workers: [worker.one, worker.two, me@10.0.0.7]
      """;

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("worker.one", FoundHost.at("10.0.0.1"))
          .host("worker.two", FoundHost.at("10.0.0.2"))
          .host("10.0.0.7", FoundHost.at("10.0.0.7"));

  @Test
  void fromEmptyHostsToAFullPlanInOrder() {
    Plan plan = cluster.plan(FILE);

    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
    assertThat(words(plan))
        .containsExactly(
            "worker.one add root",
            "worker.one add spark",
            "worker.one add conf",
            "worker.one add master",
            "worker.one add worker",
            "worker.two add root",
            "worker.two add spark",
            "worker.two add conf",
            "worker.two add worker",
            "10.0.0.7 add root",
            "10.0.0.7 add spark",
            "10.0.0.7 add conf",
            "10.0.0.7 add worker",
            "worker.one add proof");
    assertThat(plan.changes().getLast())
        .isInstanceOfSatisfying(
            Prove.class,
            prove ->
                assertThat(prove.workers())
                    .extracting("host", "address", "port")
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("worker.one", "10.0.0.1", 7078),
                        org.assertj.core.groups.Tuple.tuple("worker.two", "10.0.0.2", 7078),
                        org.assertj.core.groups.Tuple.tuple("10.0.0.7", "10.0.0.7", 7078)));
  }

  @Test
  void planningAgainAfterApplyingIsEmpty() {
    cluster.up(FILE);
    assertThat(cluster.plan(FILE)).isEqualTo(new Plan(List.of(), List.of(), List.of()));
  }

  @Test
  void theClusterOnThisMachineStaysOnLoopback() {
    SimulatedCluster here = new SimulatedCluster().host("localhost", FoundHost.here());
    here.host("localhost").addresses.add(new HostFacts.Address("wlan0", "192.168.1.5", 24));
    String file = "name: penguins\nmaster: localhost\nworkers: [localhost]\n";
    Plan plan = here.up(file);
    assertThat(plan.changes().get(3).summary()).isEqualTo("Master at spark://127.0.0.1:7077");

    here.host("localhost").addresses.clear();
    assertThat(here.plan(file).isEmpty()).as("a laptop that left its network").isTrue();
  }

  @Test
  void aKilledWorkerIsStartedAndTheClusterProvenAgainAndNothingElse() {
    cluster.up(FILE);
    cluster.kill("worker.two", Role.WORKER);

    Plan plan = cluster.up(FILE);

    assertThat(words(plan)).containsExactly("worker.two add worker", "worker.one add proof");
    assertThat(plan.changes().getLast().reason()).isEqualTo("daemons started since the last proof");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void aClusterThatLostAHostIsProvenAgainThoughNothingStarts() {
    cluster.up(FILE);
    cluster.unreachable("worker.two");

    Plan plan = cluster.plan(FILE);

    assertThat(words(plan)).containsExactly("worker.one add proof");
    assertThat(plan.changes().getLast().reason())
        .isEqualTo("other Master, Workers or Python than at the last proof");
  }

  @Test
  void aKilledMasterIsStartedWithoutTheWorkers() {
    cluster.up(FILE);
    cluster.kill("worker.one", Role.MASTER);
    assertThat(words(cluster.plan(FILE)))
        .containsExactly("worker.one add master", "worker.one add proof");
  }

  @Test
  void aKeyThatOnlyDriversReadRestartsNothing() {
    cluster.up(FILE);
    String file = FILE + "conf: {spark.sql.shuffle.partitions: 64}\n";

    assertThat(words(cluster.up(file)))
        .containsExactly(
            "worker.one change conf", "worker.two change conf", "10.0.0.7 change conf");
    assertThat(cluster.plan(file).isEmpty()).isTrue();
  }

  @Test
  void aKeyThatDaemonsReadRestartsThem() {
    cluster.up(FILE);
    String file = FILE + "conf: {spark.worker.cleanup.enabled: false}\n";

    assertThat(words(cluster.up(file)))
        .containsExactly(
            "worker.one change conf",
            "worker.one restart master",
            "worker.one restart worker",
            "worker.two change conf",
            "worker.two restart worker",
            "10.0.0.7 change conf",
            "10.0.0.7 restart worker",
            "worker.one add proof");
    assertThat(cluster.plan(file).isEmpty()).isTrue();
  }

  @Test
  void otherMemoryRestartsOneWorker() {
    cluster.up(FILE);
    String file = FILE.replace("worker.two", "{host: worker.two, memory: 2g}").replace("[", "[ ");

    Plan plan = cluster.up(file);

    assertThat(words(plan))
        .containsExactly(
            "worker.two change conf", "worker.two restart worker", "worker.one add proof");
    assertThat(plan.changes().get(1).summary()).isEqualTo("Worker with 4 cores and 2g");
    assertThat(plan.changes().get(1).reason()).isEqualTo("it runs with other settings");
    assertThat(cluster.plan(file).isEmpty()).isTrue();
  }

  @Test
  void aWorkerThatTheMasterDoesNotListIsRestarted() {
    cluster.up(FILE);
    FoundHost two = cluster.host("worker.two");
    Installed.Running running = two.running.get(Role.WORKER);
    cluster.kill("worker.two", Role.WORKER);
    two.running.put(Role.WORKER, running);

    Plan plan = cluster.plan(FILE);

    assertThat(words(plan)).containsExactly("worker.two restart worker", "worker.one add proof");
    assertThat(plan.changes().getFirst().reason())
        .isEqualTo("the Master does not list it as alive");
  }

  @Test
  void aWorkerThatSlippedToAnotherPortIsRestarted() {
    cluster.up(FILE);
    FoundHost two = cluster.host("worker.two");
    Installed.Running was = two.running.get(Role.WORKER);
    two.running.put(
        Role.WORKER,
        new Installed.Running(was.pid(), was.startTicks(), was.digest(), List.of(7079, 8081)));
    two.listening.removeIf(listening -> listening.port() == 7078);
    assertThat(cluster.plan(FILE).changes().getFirst().reason())
        .isEqualTo("it listens on other ports");
  }

  @Test
  void aWorkerWithoutTheClustersSecretGetsItAndRestartsNothingWhileItFits() {
    cluster.up(FILE);
    cluster.host("worker.two").secretDigest = Optional.empty();

    Plan plan = cluster.plan(FILE);

    assertThat(words(plan)).containsExactly("worker.two change conf");
    assertThat(plan.changes().getFirst().reason()).isEqualTo("its secret is not the cluster's");
    assertThat(((WriteConf) plan.changes().getFirst()).files())
        .extracting(ConfFile::path)
        .containsExactly(
            "conf/spark-defaults.conf", "conf/jvm.opts", "conf/worker.opts", "conf/driver.opts");
  }

  @Test
  void anotherSecretOnAWorkerIsReplaced() {
    cluster.up(FILE);
    cluster.host("10.0.0.7").secretDigest = Optional.of(ConfFile.sha256("another"));
    assertThat(words(cluster.up(FILE))).containsExactly("10.0.0.7 change conf");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void aNewSparkGoesToEveryHostAndTheOldOneLeaves() {
    cluster.up(FILE);
    cluster.spark = new huddle.spark.SparkVersion(4, 3, 1);
    cluster.host("worker.two").leftovers.add("spark-4.3.1.part");

    List<String> words = words(cluster.up(FILE));

    assertThat(words)
        .filteredOn(line -> line.startsWith("worker.two"))
        .containsExactly(
            "worker.two add spark",
            "worker.two change conf",
            "worker.two restart worker",
            "worker.two remove spark",
            "worker.two remove root");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void anotherBuildOfTheUsersOwnSparkReplacesIt() {
    cluster.sparkIdentity = Optional.of("folder sha256:1");
    cluster.up(FILE);
    cluster.sparkIdentity = Optional.of("folder sha256:2");
    assertThat(words(cluster.up(FILE)))
        .contains(
            "worker.one change spark", "worker.one restart master", "worker.two change spark");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void damagedConfIsWrittenAgain() {
    cluster.up(FILE);
    cluster.host("worker.two").files.put("conf/spark-env.sh", "0");
    cluster.host("worker.two").files.remove("bin/huddle-python");
    Plan plan = cluster.plan(FILE);
    assertThat(words(plan)).containsExactly("worker.two change conf");
    assertThat(plan.changes().getFirst().reason())
        .isEqualTo("conf/spark-env.sh, bin/huddle-python differ");
  }
}
