package huddle.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import huddle.artifact.OperatorEnvironment;
import huddle.event.Failure;
import huddle.plan.ClusterFacts;
import huddle.plan.FoundHost;
import huddle.plan.Goal;
import huddle.plan.Offers;
import huddle.plan.SimulatedCluster;
import huddle.spec.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which Spark a plan may count on, with an index that has one release.
class ArtifactDeliveriesTest {
  @TempDir Path home;
  private HttpServer index;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final FoundHost host = FoundHost.at("10.0.0.1");

  @BeforeEach
  void serve() throws IOException {
    index = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    index.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          byte[] page =
              "<a href='f.tar.gz#sha256=%s'>pyspark-4.3.0.tar.gz</a>"
                  .formatted("5e".repeat(32))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    index.start();
  }

  @AfterEach
  void close() {
    index.stop(0);
  }

  private Offers offers(String version, Goal goal, Map<String, FoundHost> hosts) {
    String url =
        "http://%s:%d/simple"
            .formatted(
                index.getAddress().getAddress().getHostAddress(), index.getAddress().getPort());
    Map<String, huddle.facts.HostFacts> facts = new java.util.HashMap<>();
    hosts.forEach((name, found) -> facts.put(name, found.facts()));
    return new ArtifactDeliveries(
            new OperatorEnvironment(Map.of("PIP_INDEX_URL", url), home), event -> {})
        .offers(
            SimulatedCluster.spec(
                "name: penguins\nmaster: one\nworkers: [one]\npython: {packages: []}\nspark: {version: %s}\n"
                    .formatted(version)),
            goal,
            new ClusterFacts(facts, Map.of(), Optional.empty(), List.of()));
  }

  @Test
  void aReleaseThatTheIndexDoesNotHaveIsNotPlanned() {
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> offers("4.9.9", new Goal.Up(), Map.of("one", host)));
    assertThat(failure.what()).contains("has no source package of pyspark 4.9.9");
    assertThat(failure.remedy()).startsWith("name a version that it has");
  }

  @Test
  void anIndexThatDoesNotAnswerIsNoReasonNotToPlan() {
    index.stop(0);
    assertThat(offers("4.9.9", new Goal.Up(), Map.of("one", host)).spark()).hasToString("4.9.9");
  }

  @Test
  void aReleaseThatItHasIsPlanned() {
    assertThat(offers("4.3.0", new Goal.Up(), Map.of("one", host)).spark()).hasToString("4.3.0");
    assertThat(asked).contains("/simple/pyspark/");
  }

  @Test
  void nothingIsAskedOfTheReleaseThatAHostHas() {
    host.sparks.put("spark-4.9.9", "pypi sha256:" + "5e".repeat(32));
    assertThat(offers("4.9.9", new Goal.Up(), Map.of("one", host)).spark()).hasToString("4.9.9");
    assertThat(asked).isEmpty();
  }

  @Test
  void nothingIsAskedWhereNothingIsBrought() {
    offers("4.9.9", new Goal.Up(), Map.of());
    offers("4.9.9", new Goal.Serving(Role.CONNECT), Map.of("one", host));
    assertThat(asked).isEmpty();
  }
}
