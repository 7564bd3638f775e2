package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import huddle.event.Failure;
import huddle.spark.SparkVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PythonIndexTest {
  private static final String SHA = "ab".repeat(32);
  private static final String JSON_TYPE = "application/vnd.pypi.simple.v1+json";
  private static final Http HTTP =
      Http.of(new OperatorEnvironment(Map.of(), Path.of("/nonexistent")));

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private PythonIndex index(Optional<Credentials> login) {
    return new PythonIndex(
        new IndexAddress(
            server.uri("/simple/"), login, "PIP_INDEX_URL", List.of(), Optional.empty()),
        HTTP,
        Duration.ZERO);
  }

  private PythonIndex index() {
    return index(Optional.empty());
  }

  private static String file(String name, String more) {
    return "{\"filename\":\"%s\",\"url\":\"../../files/%s\",\"hashes\":{\"sha256\":\"%s\"}%s}"
        .formatted(name, name, SHA, more);
  }

  private void json(String... files) {
    server.text(
        "/simple/pyspark/",
        JSON_TYPE,
        "{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"pyspark\",\"files\":["
            + String.join(",", files)
            + "]}");
  }

  @Test
  void readsJson() {
    json(
        file("pyspark-3.5.9.tar.gz", ",\"requires-python\":\">=3.8\",\"yanked\":false"),
        file("pyspark-4.3.0.tar.gz", ",\"size\":455910862,\"requires-python\":\">=3.11\""),
        file("pyspark-4.10.0.tar.gz", ",\"yanked\":\"broken\""),
        file("pyspark-4.4.0.dev1.tar.gz", ""),
        file("pyspark-4.3.0-py3-none-any.whl", ""),
        file("pyspark_client-4.9.0.tar.gz", ""),
        "{\"filename\":7}",
        "null");
    PythonIndex index = index();
    assertThat(index.versions()).containsExactly("3.5.9", "4.3.0");
    assertThat(index.sdist("4.3.0"))
        .isEqualTo(
            new PythonIndex.Sdist(
                server.uri("/files/pyspark-4.3.0.tar.gz"),
                new Digest("sha256", SHA),
                OptionalLong.of(455910862),
                ">=3.11"));
    assertThat(index.sdist("4.10.0").digest().hex()).as("asked for by name").isEqualTo(SHA);
    assertThat(server.requests()).as("asked once").containsExactly("/simple/pyspark/");
  }

  @Test
  void readsHtml() {
    server.text(
        "/simple/pyspark/",
        "text/html; charset=utf-8",
        """
        <!DOCTYPE html><html><body>
        <a href="../../files/pyspark-4.2.1.tar.gz#sha256=%1$s" data-requires-python="&gt;=3.10">pyspark-4.2.1.tar.gz</a><br/>
        <A data-yanked='' HREF='https://cdn.example.org/pyspark-4.9.0.tar.gz#sha256=%1$s'>pyspark-4.9.0.tar.gz</A>
        <a href="/files/pyspark-4.1.0.tar.gz#md5=123">
          pyspark-4.1.0.tar.gz </a>
        <a href="javascript:alert(1)">pyspark-4.8.0.tar.gz</a>
        </body></html>
        """
            .formatted(SHA));
    PythonIndex index = index();
    assertThat(index.versions()).containsExactly("4.2.1");
    assertThat(index.sdist("4.2.1"))
        .isEqualTo(
            new PythonIndex.Sdist(
                server.uri("/files/pyspark-4.2.1.tar.gz"),
                new Digest("sha256", SHA),
                OptionalLong.empty(),
                ">=3.10"));
    assertThat(index.sdist("4.9.0").uri())
        .isEqualTo(URI.create("https://cdn.example.org/pyspark-4.9.0.tar.gz"));
    Failure failure = catchThrowableOfType(Failure.class, () -> index.sdist("4.1.0"));
    assertThat(failure.what()).endsWith("states no SHA-256 for pyspark-4.1.0.tar.gz");
  }

  @Test
  void asksForJsonAndTakesHtml() {
    json(file("pyspark-4.3.0.tar.gz", ""));
    server.on(
        "/simple/pyspark/",
        exchange -> {
          assertThat(TestServer.header(exchange, "Accept").orElse(""))
              .startsWith(JSON_TYPE)
              .contains("text/html");
          TestServer.redirect("/other/pyspark/").to(exchange);
        });
    server.text(
        "/other/pyspark/",
        "text/html",
        "<a href='f.tar.gz#sha256=" + SHA + "'>pyspark-4.3.0.tar.gz</a>");
    assertThat(index().sdist("4.3.0").uri())
        .as("relative to where the page was")
        .isEqualTo(server.uri("/other/pyspark/f.tar.gz"));
  }

  @Test
  void namesTheVersionsOfTheSameLine() {
    json(file("pyspark-4.3.0.tar.gz", ""), file("pyspark-4.3.1.tar.gz", ""));
    Failure failure = catchThrowableOfType(Failure.class, () -> index().sdist("4.3.7"));
    assertThat(failure.what())
        .matches(
            "localhost:[0-9]+ \\(from PIP_INDEX_URL\\) has no source package of pyspark 4.3.7;"
                + " of that line it has 4.3.0, 4.3.1");
  }

  @Test
  void refusesVersionsThatAreNone() {
    json(file("pyspark-4.3.0.tar.gz", ""));
    for (String version : List.of("../4.3.0", "", "4.3.0/..", "x", "4 3")) {
      Failure failure = catchThrowableOfType(Failure.class, () -> index().sdist(version));
      assertThat(failure.what()).endsWith("is not a version of Spark");
    }
  }

  @Test
  void sendsTheLoginAndNeverShowsIt() {
    server.on("/simple/pyspark/", TestServer.status(401));
    Credentials login = new Credentials("ada", "s3cret");
    PythonIndex index = index(Optional.of(login));
    Failure failure = catchThrowableOfType(Failure.class, index::versions);
    assertThat(failure.what() + failure.remedy() + failure.detail() + login + index.name())
        .contains("does not let us have the list of pyspark's versions (status 401)")
        .doesNotContain("s3cret");
    assertThat(server.requests()).containsExactly("/simple/pyspark/ Basic YWRhOnMzY3JldA==");
  }

  @Test
  void saysThatAPageIsNoIndex() {
    server.text(
        "/simple/pyspark/", "text/html", "<html>Welcome to the coffee shop's network</html>");
    assertThat(catchThrowableOfType(Failure.class, () -> index().versions()).what())
        .endsWith("lists no files of pyspark");
    server.text("/simple/pyspark/", JSON_TYPE, "{\"files\": [");
    assertThat(catchThrowableOfType(Failure.class, () -> index().versions()).what())
        .endsWith("sends JSON that cannot be read");
    server.text("/simple/pyspark/", JSON_TYPE, "{\"files\": " + "[".repeat(100_000));
    assertThat(catchThrowableOfType(Failure.class, () -> index().versions()).what())
        .endsWith("sends JSON that cannot be read");
  }

  @Test
  void choosesTheNewestStable4() {
    assertThat(SparkVersion.newest(List.of("4.9.0", "4.10.0", "4.11.0.dev2", "3.5.9", "4.2.1rc1")))
        .contains("4.10.0");
    assertThat(SparkVersion.newest(List.of("3.5.9", "5.0.0"))).isEmpty();
  }
}
