package huddle.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cluster.Operator;
import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import huddle.ssh.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// JupyterLab on a cluster of two unlike hosts without internet, on the host that is not the
/// Master's, used as people use it. Each step builds on those before it.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotebookOnLabHostsTest {
  private static final String ROOT = "/home/deploy/.huddle/penguins";
  private static final Duration BOUND = Duration.ofMinutes(8);

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;
  private JupyterClient jupyter;
  private String url = "";
  private String token = "";

  @BeforeAll
  void makeCluster() throws IOException, InterruptedException {
    lab =
        LabHosts.up(
            NotebookOnLabHostsTest.class,
            HostOptions.of("worker.one")
                .withLogin(Login.of("deploy").withHome("/home/deploy"))
                .withOther(Login.of("mallory").withHome("/home/mallory")),
            HostOptions.of("worker.two")
                .withLogin(Login.of("ada").withHome("/data/users/ada").withNoise()));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write(
        "huddle.yaml",
        """
        name: penguins
        master: worker.two
        workers:
          - {host: worker.one, cores: 4}
          - {host: worker.two, cores: 4}
        notebook: {host: worker.one, folder: ~/notebooks}
        """);
    jupyter = JupyterClient.in(home);
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
  }

  @AfterAll
  void removeCluster() throws InterruptedException {
    if (operator != null) {
      operator.huddle("stop", "--yes");
    }
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  void aTakenPortIsSaidBeforeAnythingStarts() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended =
          operator.huddle("notebook", "--no-browser", "--port", "" + taken.getLocalPort());
      assertThat(ended.exit()).isEqualTo(1);
      assertThat(ended.err())
          .contains("port %d of this machine is taken".formatted(taken.getLocalPort()))
          .contains("--port");
    }
    Ended list = operator.huddle("notebook", "list");
    assertThat(list.exit()).as("%s", list).isZero();
    assertThat(list.err()).contains("No notebook server runs");
  }

  @Test
  @Order(2)
  void detachedItPrintsItsAddressAndStays() throws IOException, InterruptedException {
    startDetached();
  }

  private void startDetached() throws IOException, InterruptedException {
    Ended ended = operator.huddle("notebook", "--detach", "--no-browser", "--json");
    assertThat(ended.exit()).as("%s", ended).isZero();
    Map<String, Object> json = JSON.std.mapFrom(ended.out());
    assertThat(json.keySet()).containsExactly("version", "url", "token");
    assertThat(json.get("version")).isEqualTo(1);
    token = String.valueOf(json.get("token"));
    assertThat(String.valueOf(json.get("url")))
        .matches("http://localhost:[0-9]+/lab\\?token=[0-9a-f]{64}")
        .endsWith(token);
    url = String.valueOf(json.get("url")).replaceFirst("/lab\\?.*", "");
    assertThat(status("/api/kernels", token)).isEqualTo(200);
    assertThat(status("/api/kernels", "wrong")).isEqualTo(403);
    assertThat(status("/huddle/kernels", "")).isEqualTo(403);
    Ended again = operator.huddle("notebook", "--detach", "--no-browser", "--json");
    assertThat(again.out()).isEqualTo(ended.out());
    Ended status = operator.huddle("status");
    assertThat(status.exit()).as("%s", status).isZero();
    assertThat(status.out()).contains("notebook");
  }

  @Test
  @Order(3)
  void aRealClientExecutesSqlAPandasUdfAndAPlot() throws IOException, InterruptedException {
    Path notebook =
        jupyter.write(
            "fish.ipynb",
            "spark.sql('select sum(id) as total from range(1000)').show()",
            """
            import os, time, pandas as pd
            from pyspark.sql.functions import pandas_udf
            @pandas_udf("string")
            def where(ids: pd.Series) -> pd.Series:
                time.sleep(0.5)
                return pd.Series([os.environ["HUDDLE_HOST"] + " pandas " + pd.__version__] * len(ids))
            rows = spark.range(0, 32, 1, 8).select(where("id").alias("w")).distinct().collect()
            print(sorted({r.w.split()[0] for r in rows}))
            """,
            """
            import matplotlib.pyplot as plt
            plt.plot(spark.range(5).toPandas()["id"]);
            """,
            "spark");
    String done = jupyter.execute(url, token, "spark", notebook, false);
    assertThat(done)
        .contains("499500")
        .contains("worker.")
        .contains("image/png")
        .contains("/proxy/app-")
        .doesNotContain("\"output_type\": \"error\"");
  }

  @Test
  @Order(4)
  void connectHasAKernelOfItsOwnWithProgress() throws IOException, InterruptedException {
    Path notebook =
        jupyter.write(
            "remote.ipynb",
            """
            import time, pandas as pd
            from pyspark.sql.functions import pandas_udf
            @pandas_udf("long")
            def slow(ids: pd.Series) -> pd.Series:
                time.sleep(1)
                return ids + 1
            print(type(spark).__module__)
            print(spark.range(0, 12, 1, 12).select(slow("id").alias("x")).agg({"x": "sum"}).collect())
            """);
    Ended connect = operator.huddle("connect", "--detach", "--json");
    assertThat(connect.exit()).as("%s", connect).isZero();
    String done = jupyter.execute(url, token, "spark-connect", notebook, false);
    assertThat(done)
        .contains("pyspark.sql.connect.session")
        .contains("sum(x)=78")
        .containsPattern("[0-9]+ tasks? in [0-9]+ stages?, [0-9.]+ s")
        .doesNotContain("\"output_type\": \"error\"");
    Ended stop = operator.huddle("stop", "connect", "--yes");
    assertThat(stop.exit()).as("%s", stop).isZero();
  }

  @Test
  @Order(5)
  void twoNotebooksAndASubmitRunAtOnce() throws IOException, InterruptedException {
    String hold =
        """
        import threading, time
        job = threading.Thread(target=lambda: sc.parallelize(range(400), 400).map(lambda x: time.sleep(2)).count())
        job.start()
        while not sc.statusTracker().getActiveJobsIds():
            time.sleep(0.1)
        """;
    jupyter.execute(url, token, "spark", jupyter.write("one.ipynb", hold), true);
    jupyter.execute(url, token, "spark", jupyter.write("two.ipynb", hold), true);
    operator.write(
        "sum.py",
        """
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.appName("sum").getOrCreate()
        print("SUM", spark.range(1000).selectExpr("sum(id)").collect()[0][0])
        spark.stop()
        """);
    Ended submit = operator.huddle("submit", "sum.py");
    assertThat(submit.exit()).as("%s", submit).isZero();
    assertThat(submit.out()).contains("SUM 499500");
    await(
        "both notebooks hold their share",
        open ->
            open.stream()
                    .filter(one -> number(one, "jobs") == 1 && number(one, "cores") >= 1)
                    .count()
                == 2);
    List<Map<String, Object>> open = open();
    assertThat(open).extracting(one -> one.get("notebook")).contains("one.ipynb", "two.ipynb");
    assertThat(open).allMatch(one -> number(one, "cores") <= 2);
    assertThat(open).allMatch(one -> String.valueOf(one.get("application")).startsWith("app-"));
    Ended text = operator.huddle("notebook", "list");
    assertThat(text.out()).contains("NOTEBOOK", "one.ipynb", "1 job", "app-");
  }

  @Test
  @Order(6)
  void nobodyElseOnTheHostGetsIn() {
    Output socket =
        lab.host("worker.one")
            .exec(
                "mallory",
                """
                python3 - <<'END'
                import socket
                s = socket.socket(socket.AF_UNIX)
                try:
                    s.connect("%s/run/notebook.sock")
                    print("connected")
                except PermissionError:
                    print("refused")
                END
                ls %s/run %s/conf/notebook 2>&1
                """
                    .formatted(ROOT, ROOT, ROOT),
                Duration.ofSeconds(30));
    assertThat(socket.stdout()).contains("refused").doesNotContain("connected", "kernel");
    // Whatever listens on a port gives nothing away to whoever has no credential.
    Output ports =
        lab.host("worker.one")
            .exec(
                "mallory",
                """
                python3 - <<'END'
                import http.client, socket
                ports = set()
                for table in ("/proc/net/tcp", "/proc/net/tcp6"):
                    for row in list(open(table))[1:]:
                        cells = row.split()
                        if cells[3] == "0A":
                            ports.add(int(cells[1].rpartition(":")[2], 16))
                for port in sorted(ports):
                    try:
                        c = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
                        c.request("GET", "/jobs/")
                        print(port, c.getresponse().status)
                    except Exception as e:
                        print(port, "nothing")
                END
                """,
                Duration.ofMinutes(3));
    assertThat(ports.stdout().lines()).isNotEmpty().noneMatch(line -> line.endsWith(" 200"));
    Output shown = lab.host("worker.one").exec("ps -efww");
    assertThat(shown.stdout()).contains("jupyterlab").doesNotContain(token);
    Output logs = lab.host("worker.one").exec("grep -rl " + token + " " + ROOT + "/logs");
    assertThat(logs.stdout()).isEmpty();
  }

  @Test
  @Order(7)
  void oneNotebookStopsAndItsApplicationWithIt() throws IOException, InterruptedException {
    Ended unknown = operator.huddle("notebook", "stop", "three.ipynb");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("not open: three.ipynb").contains("one.ipynb");
    Ended stop = operator.huddle("notebook", "stop", "one.ipynb", "two.ipynb");
    assertThat(stop.exit()).as("%s", stop).isZero();
    assertThat(open()).isEmpty();
    awaitNoApplication();
  }

  @Test
  @Order(8)
  void labShowsProgressInARealBrowser() throws Exception {
    String notebook =
        Files.readString(
            jupyter.write(
                "penguins.ipynb",
                """
                import time
                from pyspark.sql.functions import udf

                @udf("double")
                def weigh(n):
                    time.sleep(0.4)
                    return 3.2 + n % 7 / 10

                birds = spark.range(0, 48, 1, 12).withColumn("kg", weigh("id"))
                birds.groupBy().avg("kg").show()
                """));
    put("/api/contents/penguins.ipynb", notebook);
    try (LabBrowser browser = LabBrowser.start(home.resolve("browser"))) {
      browser.openNotebook(url + "/lab/tree/penguins.ipynb?reset&token=" + token);
      browser.runFirstCell();
      browser.awaitText(".CellMonitor", "RUNNING");
      String picture = System.getProperty("huddle.screenshot", "");
      if (!picture.isEmpty()) {
        browser.screenshot(Path.of(picture));
      }
      browser.awaitText(".CellMonitor", "COMPLETED");
      browser.awaitText(".jp-OutputArea-output", "avg(kg)");
      String application = String.valueOf(open().getFirst().get("application"));
      browser.open(url + "/huddle/pages");
      assertThat(browser.address()).endsWith("/proxy/" + application + "/jobs/");
      browser.awaitText("body", "Completed Jobs");
      browser.open(url + "/proxy/" + application + "/executors/");
      browser.awaitText("body", "Executors");
    }
  }

  @Test
  @Order(9)
  void idleKernelsAreCulledAndBusyOnesAreNot() throws IOException, InterruptedException {
    Ended stop = operator.huddle("notebook", "stop", "--yes");
    assertThat(stop.exit()).as("%s", stop).isZero();
    awaitNoApplication();
    lab.host("worker.one").exec("deploy", "echo 20 >" + ROOT + "/notebook/idle", BOUND);
    startDetached();
    Path busy =
        jupyter.write(
            "busy.ipynb",
            """
            import threading, time
            threading.Thread(target=lambda: sc.parallelize([1], 1).map(lambda x: time.sleep(90)).count()).start()
            while not sc.statusTracker().getActiveJobsIds():
                time.sleep(0.1)
            """);
    jupyter.execute(url, token, "spark", busy, true);
    jupyter.execute(url, token, "spark", jupyter.write("idle.ipynb", "1 + 1"), true);
    await(
        "the idle one is gone and the busy one is not",
        open -> open.size() == 1 && open.getFirst().get("notebook").equals("busy.ipynb"));
    assertThat(open().getFirst().get("jobs")).isEqualTo(1);
    await("the other goes once its job has ended", List::isEmpty);
    awaitNoApplication();
  }

  @Test
  @Order(10)
  void ctrlCClosesTheTunnelOnly() throws IOException, InterruptedException {
    Running running = operator.start("notebook", "--no-browser");
    running.awaitText("/lab?token=");
    running.signal("INT");
    Ended ended = running.end();
    assertThat(ended.exit()).as("%s", ended).isZero();
    assertThat(ended.err()).contains("The tunnel is closed");
    Ended list = operator.huddle("notebook", "list");
    assertThat(list.err()).contains("No notebook is open");
  }

  @Test
  @Order(10)
  void notebooksGoThereAndComeBack() throws IOException, InterruptedException {
    Path sent = jupyter.write("sent.ipynb", "1 + 1");
    Ended push = operator.huddle("notebook", "push", sent.toString());
    assertThat(push.exit()).as("%s", push).isZero();
    assertThat(push.out()).isEqualTo("/home/deploy/notebooks/sent.ipynb\n");
    assertThat(status("/api/contents/sent.ipynb", token)).isEqualTo(200);
    Ended pull = operator.huddle("notebook", "pull", "--to", "back", "sent.ipynb");
    assertThat(pull.exit()).as("%s", pull).isZero();
    assertThat(home.resolve("back/sent.ipynb")).hasSameBinaryContentAs(sent);
    Ended none = operator.huddle("notebook", "pull", "none.ipynb");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("there is no /home/deploy/notebooks/none.ipynb");
  }

  @Test
  @Order(11)
  void aFolderThatCannotBeMadeIsSaid() throws IOException, InterruptedException {
    String file = Files.readString(home.resolve("huddle.yaml"));
    operator.write("broken.yaml", file.replace("~/notebooks", "/proc/notebooks"));
    Ended ended = operator.huddle("notebook", "--no-browser", "-f", "broken.yaml");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("worker.one").contains("/proc/notebooks cannot be made");
  }

  @Test
  @Order(12)
  void stoppedNothingOfItIsLeft() throws InterruptedException {
    Ended stop = operator.huddle("notebook", "stop", "--yes");
    assertThat(stop.exit()).as("%s", stop).isZero();
    Output left = lab.host("worker.one").exec("pgrep -fa 'jupyterla[b]|ipykerne[l]'");
    assertThat(left.stdout()).isEmpty();
    Ended all = operator.huddle("notebook", "pull", "--to", "all");
    assertThat(all.exit()).as("%s", all).isZero();
    assertThat(home.resolve("all/penguins.ipynb")).exists();
  }

  private int status(String path, String credential) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "token " + credential)
            .timeout(Duration.ofMinutes(1))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private void put(String path, String notebook) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "token " + token)
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"type\":\"notebook\",\"content\":" + notebook + "}"))
            .timeout(Duration.ofMinutes(1))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(201);
    }
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> open() throws IOException, InterruptedException {
    Ended list = operator.huddle("notebook", "list", "--json");
    assertThat(list.exit()).as("%s", list).isZero();
    return (List<Map<String, Object>>) JSON.std.mapFrom(list.out()).get("notebooks");
  }

  private static int number(Map<String, Object> map, String key) {
    return map.get(key) instanceof Number number ? number.intValue() : 0;
  }

  private void await(String what, Predicate<List<Map<String, Object>>> condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    List<Map<String, Object>> last = open();
    while (!condition.test(last)) {
      assertThat(System.nanoTime()).as("%s: never; %s", what, last).isLessThan(deadline);
      Thread.sleep(1000);
      last = open();
    }
  }

  private void awaitNoApplication() throws InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    String last = operator.huddle("status", "--json").out();
    while (last.contains("\"app-")) {
      assertThat(System.nanoTime()).as("no Application is left: %s", last).isLessThan(deadline);
      Thread.sleep(1000);
      last = operator.huddle("status", "--json").out();
    }
  }
}
