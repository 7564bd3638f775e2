package huddle.status;

import static huddle.plan.SimulatedCluster.spec;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.facts.Installed;
import huddle.plan.ClusterFacts;
import huddle.plan.FoundHost;
import huddle.plan.Goal;
import huddle.plan.SimulatedCluster;
import huddle.spark.MasterState;
import huddle.spec.Role;
import huddle.status.ClusterStatus.HostState;
import huddle.status.ClusterStatus.HostStatus;
import huddle.status.ClusterStatus.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every state of a cluster and of its hosts.
class ClusterStatusTest {
  private static final String FILE =
      "name: penguins\nmaster: one\nworkers: [one, {host: two, cores: 2, memory: 1g}]\n";

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("one", FoundHost.at("10.0.0.1"))
          .host("two", FoundHost.at("10.0.0.2"));

  @BeforeEach
  void up() {
    cluster.up(FILE);
  }

  private ClusterStatus status() {
    return ClusterStatus.of(spec(FILE), cluster.facts(spec(FILE)));
  }

  private ClusterStatus status(MasterState master) {
    ClusterFacts facts = cluster.facts(spec(FILE));
    return ClusterStatus.of(
        spec(FILE),
        new ClusterFacts(
            facts.hosts(), facts.unreachable(), Optional.ofNullable(master), List.of()));
  }

  private MasterState master(String status, List<MasterState.Worker> workers) {
    return new MasterState("spark://10.0.0.1:7077", status, workers, List.of());
  }

  private List<MasterState.Worker> workers() {
    return cluster.master().orElseThrow().workers();
  }

  private HostStatus two(ClusterStatus status) {
    return status.hosts().get(1);
  }

  @Test
  void upIfTheMasterListsEveryWorkerAsAlive() {
    ClusterStatus status = status();
    assertThat(status.state()).isEqualTo(State.UP);
    assertThat(status.masterUrl()).contains("spark://10.0.0.1:7077");
    assertThat(status.masterUi()).contains("http://127.0.0.1:8080");
    assertThat(status.hosts())
        .containsExactly(
            new HostStatus(
                "one",
                "10.0.0.1",
                List.of(Role.MASTER, Role.WORKER),
                HostState.UP,
                4,
                11_264,
                Optional.empty()),
            new HostStatus(
                "two", "10.0.0.2", List.of(Role.WORKER), HostState.UP, 2, 1_024, Optional.empty()));
  }

  @Test
  void degradedIfAWorkerIsDown() {
    cluster.kill("two", Role.WORKER);
    assertThat(status().state()).isEqualTo(State.DEGRADED);
    assertThat(two(status()))
        .isEqualTo(
            new HostStatus(
                "two",
                "10.0.0.2",
                List.of(Role.WORKER),
                HostState.DOWN,
                2,
                1_024,
                Optional.of("the Worker is not running")));
  }

  @Test
  void servicesThatTheFileAsksForMustBeUpAndOthersAreShownWhileTheyRun() {
    String file = FILE + "connect: true\n";
    cluster.up(file);
    cluster.apply(cluster.plan(spec(file), new Goal.Serving(Role.HISTORY)));
    ClusterStatus up = ClusterStatus.of(spec(file), cluster.facts(spec(file)));
    assertThat(up.state()).isEqualTo(State.UP);
    assertThat(up.hosts().getFirst().roles()).containsExactly(Role.MASTER, Role.WORKER);
    assertThat(up.services())
        .containsExactly(
            service(Role.HISTORY, HostState.UP, 18080, false, Optional.empty()),
            service(Role.CONNECT, HostState.UP, 15002, true, Optional.empty()));

    cluster.endApplication(Role.CONNECT);
    assertThat(ClusterStatus.of(spec(file), cluster.facts(spec(file))).services().getLast())
        .isEqualTo(
            service(
                Role.CONNECT,
                HostState.LOST,
                15002,
                true,
                Optional.of("it runs, but its Application has ended")));

    cluster.kill("one", Role.HISTORY);
    cluster.kill("one", Role.CONNECT);
    ClusterStatus down = ClusterStatus.of(spec(file), cluster.facts(spec(file)));
    assertThat(down.state()).isEqualTo(State.DEGRADED);
    assertThat(down.services())
        .containsExactly(
            service(Role.CONNECT, HostState.DOWN, 15002, true, Optional.of("it is not running")));

    cluster.unreachable("one");
    assertThat(ClusterStatus.of(spec(file), cluster.facts(spec(file))).services())
        .containsExactly(
            service(
                Role.CONNECT,
                HostState.UNREACHABLE,
                15002,
                true,
                Optional.of("it does not answer")));
  }

  private static ServiceStatus service(
      Role role, HostState state, int port, boolean wanted, Optional<String> reason) {
    return new ServiceStatus(role, "one", state, OptionalInt.of(port), wanted, reason);
  }

  @Test
  void degradedIfAHostIsUnreachable() {
    cluster.unreachable("two");
    assertThat(status().state()).isEqualTo(State.DEGRADED);
    assertThat(two(status()).state()).isEqualTo(HostState.UNREACHABLE);
    assertThat(two(status()).reason()).contains("it does not answer");
  }

  @Test
  void downIfTheMasterIsAndItsHostIsSaidToBeEvenWithALivingWorker() {
    cluster.kill("one", Role.MASTER);
    ClusterStatus status = status();
    assertThat(status.state()).isEqualTo(State.DOWN);
    assertThat(status.masterUrl()).isEmpty();
    assertThat(status.hosts().getFirst().state()).isEqualTo(HostState.DOWN);
    assertThat(status.hosts().getFirst().reason())
        .contains("the Master is not running; the Worker runs, but no Master answers");
    assertThat(two(status).state()).isEqualTo(HostState.LOST);
  }

  @Test
  void downIfTheMastersHostIsUnreachable() {
    cluster.unreachable("one");
    assertThat(status(null).state()).isEqualTo(State.DOWN);
    assertThat(two(status(null)).state()).isEqualTo(HostState.LOST);
  }

  @Test
  void downIfAnotherMasterAnswersWhileOursDoesNotRun() {
    MasterState other = master("ALIVE", workers());
    cluster.kill("one", Role.MASTER);
    assertThat(status(other).state()).isEqualTo(State.DOWN);
  }

  @Test
  void aMasterThatRecoversIsStarting() {
    ClusterStatus status = status(master("RECOVERING", workers()));
    assertThat(status.state()).isEqualTo(State.DOWN);
    assertThat(status.hosts().getFirst().state()).isEqualTo(HostState.STARTING);
    assertThat(status.hosts().getFirst().reason()).contains("the Master is RECOVERING");
  }

  @Test
  void aMasterThatDoesNotAnswerYetIsStarting() {
    assertThat(status(null).hosts().getFirst().reason().orElse(""))
        .startsWith("the Master does not answer yet");
  }

  @Test
  void aDaemonThatDoesNotListenYetIsStarting() {
    listens("two", Role.WORKER, List.of());
    assertThat(two(status()).state()).isEqualTo(HostState.STARTING);
    assertThat(two(status()).reason()).contains("the Worker does not listen yet");
    listens("two", Role.WORKER, List.of(7078));
    assertThat(two(status()).state()).isEqualTo(HostState.STARTING);
    assertThat(two(status()).reason()).contains("the Worker does not listen on port 8081");
  }

  @Test
  void aDaemonThatSlippedToAnotherPortIsLost() {
    listens("two", Role.WORKER, List.of(7079, 8081));
    assertThat(two(status()).state()).isEqualTo(HostState.LOST);
    assertThat(two(status()).reason()).contains("the Worker does not listen on port 7078");
    listens("one", Role.MASTER, List.of(7077, 8082));
    assertThat(status().hosts().getFirst().state()).isEqualTo(HostState.LOST);
    assertThat(status().state()).isEqualTo(State.DEGRADED);
  }

  private void listens(String host, Role role, List<Integer> ports) {
    FoundHost of = cluster.host(host);
    Installed.Running was = of.running.get(role);
    of.running.put(role, new Installed.Running(was.pid(), was.startTicks(), was.digest(), ports));
  }

  @Test
  void aWorkerThatTheMasterDoesNotListIsLost() {
    ClusterStatus status = status(master("ALIVE", workers().subList(0, 1)));
    assertThat(status.state()).isEqualTo(State.DEGRADED);
    assertThat(two(status).state()).isEqualTo(HostState.LOST);
    assertThat(two(status).reason()).contains("the Worker runs, but the Master does not list it");
  }

  @Test
  void aWorkerThatTheMasterCallsDeadIsLost() {
    MasterState.Worker w = workers().get(1);
    MasterState.Worker dead =
        new MasterState.Worker(w.id(), w.address(), w.port(), "DEAD", 2, 0, 1_024, 0);
    ClusterStatus status = status(master("ALIVE", List.of(workers().getFirst(), dead)));
    assertThat(two(status).reason()).contains("the Master says DEAD");
  }

  @Test
  void anEmptyHostIsDownWithWhatItWouldHandOut() {
    SimulatedCluster empty =
        new SimulatedCluster()
            .host("one", FoundHost.at("10.0.0.1"))
            .host("two", FoundHost.at("10.0.0.2"));
    String file = "name: penguins\nmaster: one\nworkers: [two]\n";
    ClusterStatus status = ClusterStatus.of(spec(file), empty.facts(spec(file)));
    assertThat(status.state()).isEqualTo(State.DOWN);
    assertThat(status.hosts())
        .extracting(HostStatus::memoryMiB)
        .as("a Master's host hands out nothing")
        .containsExactly(0L, 13_312L);
    assertThat(status.hosts()).extracting(HostStatus::cores).containsExactly(0, 4);
  }

  @Test
  void applicationsAreListedWhileAMasterServes() {
    MasterState.Application etl =
        new MasterState.Application("app-1", "etl", "ada", "RUNNING", 2, 1024, 0);
    MasterState state = new MasterState("spark://10.0.0.1:7077", "ALIVE", workers(), List.of(etl));
    assertThat(status(state).applications()).containsExactly(etl);
    cluster.kill("one", Role.MASTER);
    assertThat(status(state).applications()).isEmpty();
  }
}
