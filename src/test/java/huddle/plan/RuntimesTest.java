package huddle.plan;

import static huddle.plan.SimulatedCluster.spec;
import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.StartDaemon;
import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which Java and which Python a host runs on.
class RuntimesTest {
  private static final String FILE = "name: penguins\nmaster: one\nworkers: [one]\n";
  private static final String BOTH = "name: penguins\nmaster: one\nworkers: [one, two]\n";

  private final FoundHost one = FoundHost.at("10.0.0.1");
  private final FoundHost two = FoundHost.at("10.0.0.2");
  private final SimulatedCluster cluster = new SimulatedCluster().host("one", one).host("two", two);

  /// The Javas are majors; one with a `-` lacks the vector module.
  @ParameterizedTest
  @CsvSource({
    "3.5.7, 8 11 17 21 25, 17",
    "3.5.7, 8- 11- 21, 11",
    "3.5.7, 8, 8",
    "3.5.7, 21 25, ",
    "4.0.1, 8 11 17 21 25, 21",
    "4.0.1, 17 21-, 17",
    "4.0.1, 11 25, ",
    "4.1.3, 17 21 25, 21",
    "4.2.0, 17 21 25, 25",
    "4.2.0, 17 21 25-, 21",
    "4.3.0, 17 21 25 26, 25",
    "4.3.0, 17-, ",
    "4.3.0, 11, ",
  })
  void theNewestSuitableJava(String spark, String javas, String chosen) {
    cluster.spark = SparkVersion.parse(spark).orElseThrow();
    one.noJava();
    for (String java : javas.split(" ", -1)) {
      String major = java.replace("-", "");
      one.java("/jvm/" + major, major + ".0.1", Integer.parseInt(major), !java.endsWith("-"));
    }
    Javas choice = choice(FILE);
    if (chosen == null) {
      assertThat(choice).isInstanceOf(Javas.None.class);
    } else {
      assertThat(choice).isEqualTo(new Javas.Present("/jvm/" + chosen, chosen + ".0.1"));
    }
  }

  private Javas choice(String file) {
    Offers offers = new Offers(cluster.spark, Optional.empty(), cluster.javas, Optional.empty());
    return Javas.choose(spec(file), offers, "one", one.facts());
  }

  @Test
  void theFirstOfEquals() {
    one.noJava().java("/path/17", "17.0.1", 17, true).java("/other/17", "17.0.9", 17, true);
    assertThat(choice(FILE)).isEqualTo(new Javas.Present("/path/17", "17.0.1"));
  }

  @Test
  void theVersionOfTheFile() {
    one.java("/jvm/17", "17.0.1", 17, true).java("/jvm/25", "25.0.1", 25, true);
    assertThat(choice(FILE + "java: 17\n")).isEqualTo(new Javas.Present("/jvm/17", "17.0.1"));
  }

  @Test
  void withoutOneItIsBroughtAndUsedAndStays() {
    one.noJava().java("/jvm/11", "11.0.2", 11, true);
    cluster.javas.put("x86_64-glibc", new Offers.JavaOffer("java-25.0.3-ab", "25.0.3", 25));

    Plan plan = cluster.up(FILE);

    assertThat(words(plan)).contains("one add java");
    assertThat(plan.changes())
        .filteredOn(StartDaemon.class::isInstance)
        .allMatch(change ->
            ((StartDaemon) change)
                .settings()
                .javaHome()
                .equals("/home/ada/.huddle/penguins/java-25.0.3-ab"));
    assertThat(cluster.plan(FILE).isEmpty()).as("also where its home lies behind a link").isTrue();

    one.java("/jvm/25", "25.0.4", 25, true);
    assertThat(words(cluster.up(FILE)))
        .contains("one change conf", "one restart master", "one remove java");
    assertThat(cluster.plan(FILE).isEmpty()).isTrue();
  }

  @Test
  void oneForAnotherPlatformOrOfAWrongVersionIsNoOffer() {
    one.noJava();
    cluster.javas.put("aarch64-glibc", new Offers.JavaOffer("java-25", "25", 25));
    assertThat(choice(FILE)).isInstanceOf(Javas.None.class);
    cluster.javas.put("x86_64-glibc", new Offers.JavaOffer("java-26", "26", 26));
    assertThat(choice(FILE)).isInstanceOf(Javas.None.class);
  }

  @Test
  void noneIsSaidWithWhatThereIs() {
    one.noJava();
    assertThat(why(choice(FILE)))
        .isEqualTo(
            "Spark 4.3.0 needs Java 17, 21 or 25, and the host has none; install a JDK 25 there, or name an archive of one: `java: {source: jdk.tar.gz}`");
    one.java("/jvm/17", "17.0.1", 17, false).java("/jvm/11", "11.0.2", 11, true);
    assertThat(why(choice(FILE)))
        .startsWith(
            "Spark 4.3.0 needs Java 17, 21 or 25 with the module jdk.incubator.vector, and the host has only 17.0.1, 11.0.2;");
    cluster.spark = new SparkVersion(3, 5, 7);
    one.noJava().java("/jvm/21", "21", 21, true);
    assertThat(why(choice(FILE)))
        .startsWith("Spark 3.5.7 needs Java 8, 11 or 17, and the host has only 21;");
    assertThat(why(choice(FILE + "java: 21\n")))
        .isEqualTo(
            "Spark 3.5.7 runs on Java 8, 11 or 17, and the file asks for 21; choose another java.version or spark.version in the file");
  }

  private static String why(Javas choice) {
    Failure failure = ((Javas.None) choice).why();
    return failure.what() + "; " + failure.remedy();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.7, 3.7.1 3.8.2 3.11.9 3.12.0, 3.11",
    "4.0.1, 3.8.2 3.9.1 3.13.1 3.14.0, 3.13",
    "4.1.0, 3.9.1, ",
    "4.3.0, 3.10.4, ",
    "4.3.0, 3.9.4 3.10.1 3.11.2 3.15.0, 3.11",
    "4.3.0, 2.7.18, ",
  })
  void theNewestSuitablePython(String spark, String pythons, String minor) {
    cluster.spark = SparkVersion.parse(spark).orElseThrow();
    one.noPython();
    for (String python : pythons.split(" ", -1)) {
      one.python("/py/" + python, python);
    }
    assertThat(pythons(FILE).minor()).isEqualTo(minor == null ? "" : minor);
  }

  private Pythons pythons(String file) {
    return Pythons.choose(
        spec(file), cluster.spark, "one", cluster.facts(spec(file)).hosts(), cluster.pythons);
  }

  @Test
  void theMinorVersionThatAllHostsShare() {
    one.python("/usr/local/bin/python3.13", "3.13.1").python("/opt/bin/python3.12", "3.12.4");
    two.noPython().python("/usr/bin/python3", "3.12.1");
    Pythons pythons = pythons(BOTH);
    assertThat(pythons.minor()).isEqualTo("3.12");
    assertThat(pythons.paths())
        .containsEntry("one", "/opt/bin/python3.12")
        .containsEntry("two", "/usr/bin/python3");
  }

  @Test
  void aHostWithAnotherMinorVersionIsRefused() {
    two.noPython().python("/usr/bin/python3", "3.12.1");
    assertThat(refusal(BOTH, "two"))
        .isEqualTo(
            "the cluster runs on Python 3.11 as the Master's host does, and the host has only 3.12.1; install Python 3.11 there, or name one to bring: `python: {source: cpython.tar.gz}`");
    two.noPython();
    assertThat(refusal(BOTH, "two")).contains("and the host has none");
  }

  @Test
  void aMastersHostWithoutOneIsRefused() {
    one.noPython().python("/usr/bin/python3", "3.9.2");
    assertThat(refusal(BOTH, "one"))
        .isEqualTo(
            "Spark 4.3.0 needs Python 3.11 to 3.14, and the host has only 3.9.2; install Python 3.11 or later there, or name one to bring: `python: {source: cpython.tar.gz}`");
  }

  @Test
  void theVersionOrPathOfTheFile() {
    one.python("/opt/python/bin/python3", "3.12.1");
    assertThat(pythons(FILE + "python: \"3.12\"\n").paths())
        .containsEntry("one", "/opt/python/bin/python3");
    assertThat(pythons(FILE + "python: {path: /opt/python/bin/python3}\n").paths())
        .containsEntry("one", "/opt/python/bin/python3");
    assertThat(refusal(FILE + "python: \"3.13\"\n", "one"))
        .isEqualTo(
            "Spark 4.3.0 needs Python 3.13, and the host has only 3.11.2, 3.12.1; install Python 3.13 there, or name one to bring: `python: {source: cpython.tar.gz}`");
    assertThat(refusal(FILE + "python: {path: /nowhere/python3}\n", "one"))
        .startsWith("python.path /nowhere/python3 is no Python that Spark 4.3.0 runs on");
  }

  private String refusal(String file, String host) {
    Plan plan = cluster.plan(file);
    List<Failure> of =
        plan.refusals().stream().filter(f -> f.host().equals(Optional.of(host))).toList();
    assertThat(of).hasSize(1);
    return of.getFirst().what() + "; " + of.getFirst().remedy();
  }
}
