package huddle.plan;

import static huddle.plan.SimulatedCluster.spec;
import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import huddle.spec.Role;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Services: asked for by the file, by a command, and no more.
class ServicesPlanTest {
  private static final String FILE = "name: penguins\nmaster: one\nworkers: [one, two]\n";

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("one", FoundHost.at("10.0.0.1"))
          .host("two", FoundHost.at("10.0.0.2"));

  private Plan serve(String file, Role service) {
    return cluster.plan(spec(file), new Goal.Serving(service));
  }

  private static List<String> whats(Plan plan) {
    return plan.refusals().stream().map(Failure::what).toList();
  }

  @Test
  void aServiceOfTheFileIsPartOfUpAndOfNoProof() {
    cluster.up(FILE);
    Plan plan =
        cluster.up(FILE + "connect: true\nhistory: true\nthrift: {enabled: true, cores: 2}\n");
    assertThat(words(plan))
        .containsExactly("one change conf", "one add history", "one add connect", "one add thrift");
    assertThat(plan.changes().getLast().summary()).isEqualTo("thrift server at port 10000");
    assertThat(
            cluster
                .plan(FILE + "connect: true\nhistory: true\nthrift: {enabled: true, cores: 2}\n")
                .isEmpty())
        .isTrue();
  }

  @Test
  void oneWhoseApplicationHasEndedIsRestartedAlone() {
    String file = FILE + "connect: true\nthrift: true\n";
    cluster.up(file);
    cluster.endApplication(Role.CONNECT);
    Plan plan = cluster.up(file);
    assertThat(words(plan)).containsExactly("one restart connect");
    assertThat(plan.changes().getFirst().reason()).isEqualTo("its Application has ended");
    assertThat(cluster.plan(file).isEmpty()).isTrue();
    cluster.endApplication(Role.THRIFT);
    assertThat(words(serve(file, Role.THRIFT))).containsExactly("one restart thrift");
  }

  @Test
  void theProofNeedsNoServiceAndAServiceNoWorker() {
    Plan plan = cluster.plan(FILE + "connect: true\nhistory: true\n");
    List<String> words = words(plan);
    assertThat(words)
        .startsWith(
            "one add root",
            "one add spark",
            "one add conf",
            "one add master",
            "one add worker",
            "one add history",
            "one add connect")
        .endsWith("one add proof");
    List<Order.Waits> waits = Order.waits(plan.changes());
    assertThat(waits.get(words.indexOf("one add connect")).needs()).containsExactly(0, 1, 2, 3);
    assertThat(waits.get(words.indexOf("one add connect")).after()).isEmpty();
    int last = words.size() - 1;
    IntStream.of(words.indexOf("one add connect"), words.indexOf("one add history"))
        .forEach(service -> {
          assertThat(waits.get(last).needs()).doesNotContain(service);
          assertThat(waits.get(last).after()).doesNotContain(service);
        });
  }

  @Test
  void onDemandStartsThatServiceAndNothingElse() {
    cluster.up(FILE);
    cluster.kill("two", Role.WORKER);
    Plan plan = serve(FILE, Role.CONNECT);
    assertThat(words(plan)).containsExactly("one add connect");
    assertThat(plan.refusals()).isEmpty();
    cluster.apply(plan);
    assertThat(serve(FILE, Role.CONNECT).isEmpty()).isTrue();
    assertThat(words(cluster.up(FILE))).containsExactly("two add worker", "one add proof");
  }

  @Test
  void upKeepsWhatRunsAndRestartsItWhenItsSettingsChange() {
    cluster.up(FILE);
    cluster.apply(serve(FILE, Role.CONNECT));
    cluster.apply(serve(FILE, Role.HISTORY));
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();

    assertThat(words(cluster.plan(FILE + "connect: {cores: 3}\n")))
        .containsExactly("one restart connect");
    assertThat(words(cluster.plan(FILE + "conf: {spark.sql.ansi.enabled: false}\n")))
        .containsExactly("one change conf", "one restart connect", "two change conf");
    assertThat(words(cluster.plan(FILE + "conf: {spark.history.retainedApplications: 9}\n")))
        .containsExactly("one change conf", "one restart history", "two change conf");
  }

  @Test
  void aWorkerMoreRestartsNoService() {
    cluster.up(FILE + "connect: true\nthrift: true\n");
    cluster.host("three", FoundHost.at("10.0.0.3"));
    assertThat(
            words(
                cluster.plan(
                    FILE.replace("two]", "two, three]") + "connect: true\nthrift: true\n")))
        .noneMatch(word -> word.contains("restart"));
  }

  @Test
  void falseStopsAServiceAndKeepsItFromStarting() {
    cluster.up(FILE);
    cluster.apply(serve(FILE, Role.THRIFT));
    String not = FILE + "thrift: false\n";
    Plan plan = cluster.up(not);
    assertThat(words(plan)).containsExactly("one remove thrift");
    assertThat(plan.changes().getFirst().reason()).isEqualTo("the file says `thrift: false`");
    assertThat(cluster.plan(not).isEmpty()).isTrue();
    assertThat(whats(serve(not, Role.THRIFT))).containsExactly("the file says `thrift: false`");
    assertThat(serve(not, Role.THRIFT).isEmpty()).isTrue();
  }

  @Test
  void aClusterThatIsNotUpServesNothing() {
    assertThat(whats(serve(FILE, Role.CONNECT)))
        .containsExactly("the cluster is not up: no Master answers");
    cluster.up(FILE);
    cluster.kill("one", Role.MASTER);
    Plan plan = serve(FILE, Role.CONNECT);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.refusals().getFirst().remedy()).isEqualTo("run `huddle up`");
  }

  @Test
  void anotherHostThatDoesNotAnswerKeepsNoServiceFromRunning() {
    cluster.up(FILE);
    cluster.unreachable("two");
    Plan plan = serve(FILE, Role.CONNECT);
    assertThat(plan.refusals()).isEmpty();
    assertThat(words(plan)).containsExactly("one add connect");
  }

  @Test
  void aTakenPortKeepsOneServiceOutAndNobodyElse() {
    cluster.host("one").listening("127.0.0.1", 15002);
    Plan plan = cluster.up(FILE + "connect: true\nhistory: true\n");
    assertThat(whats(plan))
        .containsExactly("the Connect server's port 15002 is taken by another process");
    assertThat(plan.refusals().getFirst().remedy())
        .isEqualTo("stop that, or choose another port with `ports: {connect: …}`");
    assertThat(words(plan)).contains("one add history", "one add proof");
    assertThat(
            words(cluster.plan(FILE + "connect: true\nports: {connect: 15003}\nhistory: true\n")))
        .contains("one add connect");
  }

  @Test
  void anOlderSparkHasNoConnectServer() {
    cluster.spark = new SparkVersion(3, 5, 7);
    cluster.host("one").java("/j17", "17.0.1", 17, true);
    cluster.host("two").java("/j17", "17.0.1", 17, true);
    Plan plan = cluster.up(FILE + "connect: true\nhistory: true\n");
    assertThat(whats(plan))
        .containsExactly(
            "Spark 3.5.7 has Spark Connect only as a separate jar, and without a token");
    assertThat(words(plan)).contains("one add history", "one add proof");
  }

  @Test
  void stoppingOneServiceTouchesNothingElse() {
    cluster.up(FILE + "connect: true\nhistory: true\n");
    cluster.unreachable("two");
    Plan plan = cluster.plan(spec(FILE), new Goal.NotServing(Role.CONNECT));
    assertThat(words(plan)).containsExactly("one remove connect");
    assertThat(plan.refusals()).isEmpty();
    cluster.apply(plan);
    assertThat(cluster.plan(spec(FILE), new Goal.NotServing(Role.CONNECT)).isEmpty()).isTrue();
  }

  @Test
  void servicesStopBeforeWorkersAndTheMasterLast() {
    cluster.up(FILE + "connect: true\nhistory: true\nthrift: true\n");
    Plan plan = cluster.plan(spec(FILE), new Goal.Stopped());
    assertThat(words(plan))
        .containsExactly(
            "one remove thrift",
            "one remove connect",
            "one remove history",
            "one remove worker",
            "one remove master",
            "two remove worker");
    List<Order.Waits> waits = Order.waits(plan.changes());
    assertThat(waits.get(5).after()).containsExactly(0, 1, 2);
    assertThat(waits.get(4).after()).contains(5);
    cluster.apply(plan);
    assertThat(cluster.plan(spec(FILE), new Goal.Stopped()).isEmpty()).isTrue();
  }

  @Test
  void aServiceThatRunsElsewhereThanItsPlaceStops() {
    cluster.up(FILE + "connect: true\n");
    FoundHost two = cluster.host("two");
    two.running.put(Role.CONNECT, cluster.host("one").running.get(Role.CONNECT));
    Plan plan = cluster.plan(FILE + "connect: true\n");
    assertThat(words(plan)).containsExactly("two remove connect");
    assertThat(plan.changes().getFirst().reason()).isEqualTo("its place is another host");
  }
}
