package huddle.plan;

import static huddle.plan.SimulatedCluster.spec;
import static huddle.plan.SimulatedCluster.words;
import static org.assertj.core.api.Assertions.assertThat;

import huddle.change.Change;
import huddle.spec.Host;
import huddle.ssh.Destination;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that the file named once.
class DepartedHostsTest {
  private static final String BOTH =
      "name: penguins\nmaster: one\nworkers: [one, {host: two, dirs: [/mnt/ssd, ~/scratch]}]\n";
  private static final String ALONE = "name: penguins\nmaster: one\nworkers: [one]\n";

  private final SimulatedCluster cluster =
      new SimulatedCluster()
          .host("one", FoundHost.at("10.0.0.1"))
          .host("two", FoundHost.at("10.0.0.2"));

  @BeforeEach
  void up() {
    cluster.up(BOTH);
  }

  @Test
  void loseWhatTheyHaveAndAreForgottenOnlyThen() {
    Plan plan = cluster.plan(ALONE);

    assertThat(words(plan))
        .containsExactly(
            "one change conf",
            "two remove worker",
            "two remove root",
            "one change conf",
            "one add proof");
    List<Order.Waits> waits = Order.waits(plan.changes());
    assertThat(waits.get(3).needs()).contains(2);
    assertThat(plan.changes().get(2).actions().toString())
        .contains("/mnt/ssd/huddle-penguins")
        .contains("/home/ada/scratch/huddle-penguins");

    plan.changes().subList(0, 2).forEach(change -> cluster.apply(only(change)));
    assertThat(words(cluster.plan(ALONE)))
        .as("after a run that was cut off")
        .startsWith("two remove root", "one change conf");

    cluster.up(ALONE);
    assertThat(cluster.plan(ALONE).isEmpty()).isTrue();
    assertThat(cluster.host("two").exists).isFalse();
  }

  private static Plan only(Change change) {
    return new Plan(List.of(change), List.of(), List.of());
  }

  @Test
  void areNotForgottenByARunThatLeavesThemOut() {
    Plan narrowed = cluster.plan(ALONE).only(Set.of("one"));
    assertThat(words(narrowed)).containsExactly("one change conf", "one add proof");
    cluster.apply(narrowed);
    assertThat(words(cluster.plan(ALONE))).contains("two remove root");
  }

  @Test
  void thatDoNotAnswerAreNamedOnceAndForgotten() {
    cluster.unreachable("two");
    Plan plan = cluster.up(ALONE);
    assertThat(plan.refusals())
        .extracting(huddle.event.Failure::what)
        .containsExactly("it does not answer");
    assertThat(cluster.plan(ALONE)).isEqualTo(new Plan(List.of(), List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{host: two, identity: ~/.ssh/other, dirs: [/mnt/ssd, ~/scratch]}",
        "{host: two, port: 22, dirs: [/mnt/ssd, ~/scratch]}",
        "{host: two, user: ada, dirs: [/mnt/ssd, ~/scratch]}",
        "{host: 10.0.0.2, dirs: [/mnt/ssd, ~/scratch]}",
      })
  void areNotThoseThatAreReachedInAnotherWay(String entry) {
    // The same machine, login and root, whatever the entry looks like now.
    FoundHost two = cluster.host("two");
    List.of("10.0.0.2", "two", "two:22", "ada@two", "two (left)")
        .forEach(name -> cluster.host(name, two));
    String file = "name: penguins\nmaster: one\nworkers: [one, " + entry + "]\n";

    Plan plan = cluster.up(file);

    assertThat(words(plan)).doesNotContain("two remove root", "two:22 remove root");
    assertThat(plan.changes()).noneMatch(change -> change.verb() == Change.Verb.REMOVE);
    assertThat(two.exists).isTrue();
    assertThat(cluster.plan(file).isEmpty()).isTrue();
  }

  @Test
  void haveNamesOfTheirOwn() {
    String manifest =
        """
        {"hosts": [{"name": "one", "host": "one", "user": "bob", "root": "~/.huddle/p"},
                   {"name": "one", "host": "one", "user": "bob", "root": "~/.huddle/p"},
                   {"name": "two", "host": "two", "root": "~/.huddle/p"},
                   {"name": "two", "host": "2.two", "root": "~/.huddle/p"},
                   {"name": "one", "host": "one", "identity": "~/.ssh/x", "root": "~/.huddle/p"}]}
        """;
    assertThat(Manifest.departed(Optional.of(manifest), spec(ALONE).hosts()))
        .extracting(Host::name)
        .containsExactly("bob@one", "two", "2.two");
  }

  @Test
  void comeBackFromTheManifestAsTheyWere() {
    List<Host> departed = Manifest.departed(cluster.host("one").manifest, spec(ALONE).hosts());
    assertThat(departed)
        .containsExactly(
            new Host(
                "two",
                new Destination("two", Optional.empty(), OptionalInt.empty(), Optional.empty()),
                Set.of(),
                "~/.huddle/penguins",
                OptionalInt.empty(),
                Optional.empty(),
                List.of("/mnt/ssd", "~/scratch"),
                java.util.Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"hosts\": 7}",
        "{\"hosts\": [7, null, {}, {\"name\": \"x\"}]}",
        "{\"hosts\": [{\"name\": \"x\", \"host\": \"-oProxyCommand=touch /tmp/x\", \"root\": \"/r\"}]}",
        "{\"hosts\": [{\"name\": \"x\", \"host\": \"-oProxyCommand\", \"root\": \"/r\"}]}",
        "{\"hosts\": [{\"name\": \"x\", \"host\": \"a b\", \"root\": \"/r\"}]}",
        "{\"hosts\": [{\"name\": \"x\", \"host\": \"\", \"root\": \"/r\"}]}",
        "{\"hosts\": [{\"name\": \"x\", \"host\": [\"h\"], \"root\": \"/r\"}]}",
      })
  void ofADamagedOrHostileManifestAreNone(String manifest) {
    assertThat(Manifest.departed(Optional.of(manifest), spec(ALONE).hosts())).isEmpty();
  }

  @Test
  void ofAHugeManifestAreNone() {
    String deep = "[".repeat(100_000);
    String huge =
        "{\"hosts\": [" + "{\"name\":\"x\",\"host\":\"h\",\"root\":\"/r\"},".repeat(9_000);
    assertThat(Manifest.departed(Optional.of(deep), spec(ALONE).hosts())).isEmpty();
    assertThat(Manifest.departed(Optional.of(huge + "{}]}"), spec(ALONE).hosts())).isEmpty();
  }

  @Test
  void ofAHostileManifestAreReachedWithoutItsOptions() {
    String manifest =
        "{\"hosts\": [{\"name\": \"x\\u001b[2J\", \"host\": \"h\", \"user\": \"-oProxyCommand=x\","
            + " \"port\": -1, \"root\": \"/r\"}]}";
    List<Host> departed = Manifest.departed(Optional.of(manifest), spec(ALONE).hosts());
    assertThat(departed).extracting(Host::name).containsExactly("x");
    assertThat(departed.getFirst().destination())
        .isEqualTo(new Destination("h", Optional.empty(), OptionalInt.empty(), Optional.empty()));
  }
}
