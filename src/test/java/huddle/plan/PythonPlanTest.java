package huddle.plan;

import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.Change;
import huddle.change.InstallPython;
import huddle.change.StartDaemon;
import huddle.change.WriteConf;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.python.PythonRequest;
import huddle.spark.ConfFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which environments and interpreters of Python a host gets, keeps and loses.
class PythonPlanTest {
  private static final String FILE = "name: penguins\nmaster: one\nworkers: [one, two]\n";
  private static final PythonEnvironment OLD = environment(PythonKind.CLUSTER, "pandas==2.2.0\n");
  private static final PythonEnvironment NEW = environment(PythonKind.CLUSTER, "pandas==2.3.3\n");
  private static final PythonEnvironment NOTEBOOK =
      environment(PythonKind.NOTEBOOK, "jupyterlab==4.5.0\npandas==2.3.3\n");

  private final FoundHost one = FoundHost.at("10.0.0.1");
  private final FoundHost two = FoundHost.at("10.0.0.2");
  private final SimulatedCluster cluster = new SimulatedCluster().host("one", one).host("two", two);

  private static PythonEnvironment environment(PythonKind kind, String pins) {
    PythonRequest request =
        new PythonRequest(
            kind,
            new huddle.spark.SparkVersion(4, 3, 0),
            "3.11",
            List.of(pins),
            Optional.empty(),
            Pins.NONE,
            true);
    return PythonEnvironment.of(request, Map.of("x86_64-glibc", Pins.parse(pins)));
  }

  @BeforeEach
  void upWithTheOldOne() {
    two.root = "/data/two/penguins";
    offer(OLD);
    cluster.up(FILE);
  }

  private void offer(PythonEnvironment... environments) {
    Map<PythonKind, PythonEnvironment> byKind = new java.util.EnumMap<>(PythonKind.class);
    for (PythonEnvironment environment : environments) {
      byKind.put(environment.kind(), environment);
    }
    cluster.pythons = new PythonOffers(byKind, cluster.pythons.interpreters(), false);
  }

  @Test
  void everyHostHasItAndASecondPlanIsEmpty() {
    assertThat(one.environments).containsOnlyKeys(OLD.folder());
    assertThat(two.environments.get(OLD.folder())).isEqualTo(OLD.identity("/usr/bin/python3"));
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void anotherListRestartsNothingAndIsProven() {
    offer(NEW);
    Plan plan = cluster.up(FILE);
    assertThat(words(plan))
        .containsExactly(
            "one add python",
            "one change conf",
            "one remove python",
            "two add python",
            "two change conf",
            "two remove python",
            "one add proof");
    assertThat(plan.changes()).noneMatch(StartDaemon.class::isInstance);
    assertThat(plan.changes())
        .filteredOn(InstallPython.class::isInstance)
        .allMatch(change -> change.reason().equals("other packages are there"));
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void sparkIsToldAnUnmistakableName() {
    offer(NEW);
    List<ConfFile> files =
        cluster.plan(FILE).changes().stream()
            .filter(WriteConf.class::isInstance)
            .flatMap(change -> ((WriteConf) change).files().stream())
            .toList();
    assertThat(files)
        .filteredOn(file -> file.path().equals("conf/spark-defaults.conf"))
        .hasSize(2)
        .allMatch(
            file -> file.text().contains("spark.pyspark.python huddle-" + NEW.folder() + "\n"));
    assertThat(files)
        .filteredOn(file -> file.path().equals("bin/huddle-" + NEW.folder()))
        .extracting(ConfFile::text)
        .containsExactlyInAnyOrder(
            "#!/bin/sh\nexec '/home/ada/.huddle/penguins/%s/bin/python3' \"$@\"\n"
                .formatted(NEW.folder()),
            "#!/bin/sh\nexec '/data/two/penguins/%s/bin/python3' \"$@\"\n".formatted(NEW.folder()));
  }

  @Test
  void whatAnApplicationRunsFromStaysOnEveryHost() {
    one.usedPythons.add(OLD.folder());
    offer(NEW);
    assertThat(words(cluster.up(FILE))).doesNotContain("one remove python", "two remove python");
    assertThat(cluster.plan(FILE).isEmpty()).as("while it runs").isTrue();
    one.usedPythons.clear();
    assertThat(words(cluster.up(FILE))).containsExactly("one remove python", "two remove python");
  }

  @Test
  void theSamePackagesAskedForInOtherWordsAreNotSentAgain() {
    PythonRequest other =
        new PythonRequest(
            PythonKind.CLUSTER,
            cluster.spark,
            "3.11",
            List.of("pandas<2.3"),
            Optional.empty(),
            Pins.NONE,
            true);
    PythonEnvironment same = PythonEnvironment.of(other, OLD.pins());
    assertThat(same.folder()).isEqualTo(OLD.folder());
    offer(same);
    Plan plan = cluster.up(FILE);
    assertThat(words(plan)).containsExactly("one change python", "two change python");
    assertThat(plan.changes())
        .flatExtracting(huddle.change.Change::actions)
        .allMatch(huddle.change.Action.WriteFiles.class::isInstance);
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void itFollowsItsInterpreter() {
    two.noPython().python("/opt/bin/python3.11", "3.11.9");
    Plan plan = cluster.up(FILE);
    assertThat(words(plan)).containsExactly("two change python");
    assertThat(plan.changes().getFirst().reason()).isEqualTo("it stands on another interpreter");
    two.python("/first/on/path/python3", "3.11.9");
    assertThat(cluster.plan(FILE).isEmpty()).as("it stays on the one it has").isTrue();
  }

  @Test
  void withoutPackagesTheBareInterpreterRuns() {
    cluster.pythons = PythonOffers.NONE;
    cluster.up(FILE);
    assertThat(one.environments).isEmpty();
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void theNotebooksIsOnTheNotebooksHostOnly() {
    offer(OLD, NOTEBOOK);
    assertThat(words(cluster.up(FILE + "notebook: {host: two}\n"))).contains("two add python");
    assertThat(one.environments).containsOnlyKeys(OLD.folder());
    assertThat(two.environments).containsOnlyKeys(OLD.folder(), NOTEBOOK.folder());
  }

  @Test
  void theConnectServerRunsWhereTheNotebooksAre() {
    String connect = FILE + "connect: true\nhistory: true\n";
    assertThat(words(cluster.up(connect))).contains("one add connect", "one add history");
    assertThat(words(cluster.up(connect + "notebook: {host: two}\n")))
        .contains("one remove connect", "two add connect")
        .doesNotContain("two add history");
    assertThat(cluster.plan(connect + "notebook: {host: two}\n").isEmpty()).isTrue();
  }

  @Test
  void whoDestroysHearsOfTheNotebooksThatGoWithIt() {
    offer(OLD, NOTEBOOK);
    cluster.up(FILE + "notebook: {host: two}\n");
    assertThat(goes("notebook: {host: two}\n"))
        .noneMatch(
            summary -> summary.startsWith("folder /data/one") && summary.contains("notebooks"))
        .anyMatch(summary -> summary.matches("folder /data/two.*with all it holds, notebooks too"));
    assertThat(goes("notebook: {host: two, folder: ~/work}\n"))
        .noneMatch(summary -> summary.contains("notebooks too"));
  }

  private List<String> goes(String more) {
    return cluster.plan(SimulatedCluster.spec(FILE + more), new Goal.Gone()).changes().stream()
        .map(Change::summary)
        .toList();
  }

  @Test
  void aHostWithoutPythonGetsAnInterpreter() {
    two.noPython().python("/usr/bin/python3", "3.9.2");
    cluster.pythons =
        new PythonOffers(
            cluster.pythons.environments(),
            Map.of("x86_64-glibc", new PythonOffers.Interpreter("cpython-3.11", "3.11")),
            false);
    Plan plan = cluster.up(FILE);
    assertThat(words(plan)).containsExactly("two add python", "two change python");
    assertThat(two.environments.get(OLD.folder()))
        .isEqualTo(OLD.identity("/data/two/penguins/cpython-3.11/bin/python3"));
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();

    two.python("/usr/bin/python3.11", "3.11.2");
    assertThat(words(cluster.up(FILE)))
        .as("its own is enough")
        .containsExactly("two change python", "two remove python");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void theFilesOwnInterpreterGoesToAllHosts() {
    PythonEnvironment environment =
        PythonEnvironment.of(
            new PythonRequest(
                PythonKind.CLUSTER,
                cluster.spark,
                "3.13",
                List.of("pandas"),
                Optional.empty(),
                Pins.NONE,
                true),
            Map.of("x86_64-glibc", Pins.parse("pandas==2.3.3")));
    cluster.pythons =
        new PythonOffers(
            Map.of(PythonKind.CLUSTER, environment),
            Map.of("x86_64-glibc", new PythonOffers.Interpreter("cpython-3.13-ab", "3.13")),
            true);
    cluster.up(FILE);
    assertThat(one.interpreters).containsOnlyKeys("cpython-3.13-ab");
    assertThat(one.environments.get(environment.folder()))
        .endsWith("minor 3.13 on /home/ada/.huddle/penguins/cpython-3.13-ab/bin/python3");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }
}
