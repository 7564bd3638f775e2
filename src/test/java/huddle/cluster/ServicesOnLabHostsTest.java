package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Connect, thrift and history on a cluster of two hosts with different logins, used as people use
/// them from their own machine. Each step builds on those before it.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicesOnLabHostsTest {
  private static final String CLUSTER =
      """
      name: services
      spark: {version: 4.3.0}
      master: worker.one
      workers: [{host: worker.one, memory: 1g}, {host: worker.two, memory: 3g}]
      """;

  private static final String WANTED =
      """
      connect: {enabled: true, memory: 700m}
      history: {enabled: true, memory: 512m}
      thrift: {enabled: true, memory: 700m}
      """;

  @TempDir static Path home;
  private Lab lab;
  private Operator operator;
  private ServiceClients clients;

  @BeforeAll
  void makeHosts() {
    lab =
        LabHosts.up(
            ServicesOnLabHostsTest.class,
            HostOptions.of("worker.one").withLogin(Login.of("deploy").withHome("/home/deploy")),
            HostOptions.of("worker.two").withLogin(Login.of("ada").withHome("/data/users/ada")));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write("huddle.yaml", CLUSTER + WANTED);
    clients = new ServiceClients(home);
  }

  @AfterAll
  void removeHosts() throws InterruptedException {
    if (lab != null) {
      // Tunnels in the background are processes of their own.
      operator.huddle("destroy", "--confirm=services");
      lab.close();
    }
  }

  private Ended fine(String... words) throws InterruptedException {
    Ended ended = operator.huddle(words);
    assertThat(ended.exit()).as("huddle %s: %s", String.join(" ", words), ended).isZero();
    return ended;
  }

  private Map<String, Object> json(String... words) throws InterruptedException, IOException {
    return JSON.std.mapFrom(fine(words).out());
  }

  private static String text(Map<String, Object> json, String key) {
    return String.valueOf(json.get(key));
  }

  @Test
  @Order(1)
  void whatTheFileAsksForIsPlannedProvenAndUp() throws Exception {
    Ended plan = fine("plan");
    assertThat(plan.out())
        .contains("Connect server at port 15002")
        .contains("thrift server at port 10000")
        .contains("History Server at port 18080");
    assertThat(fine("up", "--yes").err()).contains("the cluster is up and proven");
    assertThat(json("status", "--json").get("services"))
        .asString()
        .contains("name=history, host=worker.one, state=up, port=18080, wanted=true")
        .contains("name=connect, host=worker.one, state=up, port=15002, wanted=true")
        .contains("name=thrift, host=worker.one, state=up, port=10000, wanted=true");
    assertThat(fine("status").out()).containsPattern("connect +up +worker.one +15002");
    assertThat(fine("logs", "history").out()).contains("HistoryServer");
    assertThat(fine("plan", "--detailed-exitcode").exit()).isZero();
  }

  @Test
  @Order(2)
  void aClientOfThisMachineRunsOverConnect() throws Exception {
    Map<String, Object> connect = json("connect", "--detach", "--json");
    String url = text(connect, "url");
    assertThat(connect).containsEntry("version", 1);
    assertThat(url).matches("sc://localhost:[0-9]+/;token=[0-9a-f]{64}");
    assertThat(json("connect", "--detach", "--json")).as("found again").isEqualTo(connect);

    assertThat(clients.connect(url))
        .contains("SQL 499500")
        .containsPattern("UDF ON worker\\.(one|two)")
        .contains("PANDAS 55");
    assertThat(clients.connect(url.replaceFirst("token=.", "token=x")))
        .contains("UNAUTHENTICATED")
        .doesNotContain("SQL 499500");
    assertThat(clients.connect(url.replaceFirst("/;token=.*", "")))
        .contains("UNAUTHENTICATED")
        .doesNotContain("SQL 499500");
  }

  @Test
  @Order(3)
  void aJdbcClientOfThisMachineRunsOverThrift() throws Exception {
    Map<String, Object> jdbc = json("jdbc", "--detach", "--json");
    String url = text(jdbc, "url");
    assertThat(url).matches("jdbc:hive2://localhost:[0-9]+/default");
    try (Connection connection = clients.jdbc(url, text(jdbc, "user"), text(jdbc, "token"));
        ResultSet sum =
            connection.createStatement().executeQuery("select sum(id) from range(1000)")) {
      assertThat(sum.next()).isTrue();
      assertThat(sum.getLong(1)).isEqualTo(499_500);
    }
    for (String wrong : List.of("", "wrong")) {
      assertThatThrownBy(() -> clients.jdbc(url, text(jdbc, "user"), wrong).close())
          .as("password \"%s\"", wrong)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Error validating the login");
    }
  }

  @Test
  @Order(4)
  void noCredentialIsSeenByOtherUsersOfTheHost() throws Exception {
    String token = text(json("jdbc", "--detach", "--json"), "token");
    LabHost one = lab.host("worker.one");
    assertThat(one.exec("ps -efww").stdout())
        .contains("SparkConnectServer")
        .contains("HiveThriftServer2")
        .doesNotContain(token)
        .doesNotContain(text(json("connect", "--detach", "--json"), "url").replaceFirst(".*=", ""));
    assertThat(
            one.exec("su nobody -s /bin/sh -c 'grep -rls %s /home /tmp /var/tmp'".formatted(token)))
        .extracting("stdout")
        .isEqualTo("");
    assertThat(one.exec("awk '$4 == \"0A\" {print $2}' /proc/net/tcp /proc/net/tcp6").stdout())
        .contains("0100007F:3A9A")
        .contains("0100007F:2710")
        .contains("0100007F:46A0")
        .doesNotContain("00000000:3A9A")
        .doesNotContain("00000000:2710")
        .doesNotContain("00000000:46A0");
  }

  @Test
  @Order(5)
  void applicationsGoOnWhileServicesRunAndHistoryShowsThemAll() throws Exception {
    operator.write(
        "sum.py",
        """
        import sys
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.appName(sys.argv[1]).getOrCreate()
        print("SUM", spark.range(1000).selectExpr("sum(id)").collect()[0][0])
        spark.stop()
        """);
    Running first = operator.start("submit", "sum.py", "first");
    Running second = operator.start("submit", "sum.py", "second");
    for (Running running : List.of(first, second)) {
      Ended ended = running.end();
      assertThat(ended.exit()).as("%s", ended).isZero();
      assertThat(ended.out()).contains("SUM 499500");
    }

    // Cluster mode: the driver asks for more than the first host's Worker has.
    byte[] jar = clients.jobJar();
    for (LabHost host : lab.hosts()) {
      String base64 = java.util.Base64.getEncoder().encodeToString(jar);
      host.exec("echo %s | base64 -d >/opt/job.jar && chmod 644 /opt/job.jar".formatted(base64));
    }
    fine(
        "exec",
        "--host",
        "worker.one",
        "--",
        "sh",
        "-c",
        "$SPARK_HOME/bin/spark-submit --deploy-mode cluster --class Job --name elsewhere"
            + " --driver-memory 1500m --conf spark.cores.max=1 --conf spark.executor.memory=512m"
            + " /opt/job.jar 2>&1");
    LabHost two = lab.host("worker.two");
    String log =
        two.exec(
                "i=0; while [ $i -lt 100 ]; do for f in /data/users/ada/.huddle/services/work/driver-*/stdout;"
                    + " do grep -h SUM $f 2>/dev/null && exit; done; sleep 0.25; i=$((i+1)); done;"
                    + " tail -n 30 /data/users/ada/.huddle/services/work/driver-*/stderr")
            .stdout();
    assertThat(log).as("the driver on the other host").contains("SUM 499500");

    String logs = "ls /data/users/ada/.huddle/services/eventlog";
    assertThat(two.exec(logs).stdout()).contains("eventlog_v2_app-");
    String shown = history(text(json("open", "history", "--detach", "--json"), "url"));
    assertThat(shown).contains("\"first\"").contains("\"second\"").contains("\"elsewhere\"");
    fine("up", "--yes");
    assertThat(two.exec(logs).stdout()).as("moved").doesNotContain("eventlog_v2_app-");
  }

  /// What the History Server says of Applications through the gateway, as soon as it knows the last
  /// one: logs of other hosts come every so often, and it looks for new ones every ten seconds.
  private static String history(String url) throws IOException, InterruptedException {
    URI ask = URI.create(url.replaceFirst("/\\?", "/api/v1/applications?"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(ask).build();
      long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
      while (true) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (answer.body().contains("elsewhere") || System.nanoTime() > deadline) {
          return answer.body();
        }
        Thread.sleep(500);
      }
    }
  }

  @Test
  @Order(6)
  void aChangedShareRestartsThatServiceAlone() throws Exception {
    Map<String, String> before = daemons();
    operator.write("huddle.yaml", CLUSTER + WANTED.replace("thrift: {", "thrift: {cores: 2, "));
    Ended plan = operator.huddle("plan", "--json");
    assertThat(plan.out()).contains("\"action\": \"restart\"").doesNotContain("\"worker\"");
    fine("up", "--yes");
    Map<String, String> after = daemons();
    assertThat(after.remove("worker.one thrift")).isNotEqualTo(before.remove("worker.one thrift"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  @Order(7)
  void oneWhoseApplicationWasEndedIsSeenAndRepaired() throws Exception {
    assertThat(fine("apps", "kill", "Connect server").err())
        .contains("Connect server (app-")
        .contains("is ended");
    assertThat(daemons()).as("its process goes on").containsKey("worker.one connect");
    Ended degraded = operator.huddle("status");
    assertThat(degraded.exit()).isEqualTo(1);
    assertThat(degraded.out()).contains("connect: it runs, but its Application has ended");
    String url = text(json("connect", "--detach", "--json"), "url");
    assertThat(clients.connect(url)).contains("SQL 499500");
    assertThat(fine("status").exit()).isZero();
  }

  @Test
  @Order(8)
  void aServiceIsStoppedKeptOrStartedOnDemand() throws Exception {
    fine("stop", "connect");
    assertThat(daemons()).doesNotContainKey("worker.one connect").containsKey("worker.one thrift");
    Ended degraded = operator.huddle("status");
    assertThat(degraded.exit()).isEqualTo(1);
    assertThat(degraded.out())
        .contains("services is degraded")
        .contains("connect: it is not running");

    operator.write("huddle.yaml", CLUSTER);
    Map<String, String> before = daemons();
    assertThat(fine("up", "--yes").exit()).isZero();
    assertThat(daemons())
        .as("kept, though the file no longer asks")
        .containsOnlyKeys(before.keySet());

    Running connect = operator.start("connect");
    connect.awaitText("sc://localhost:");
    connect.signal("INT");
    assertThat(connect.end().exit()).isZero();
    assertThat(daemons()).as("goes on without its tunnel").containsKey("worker.one connect");

    operator.write("huddle.yaml", CLUSTER + "thrift: false\nhistory: false\n");
    fine("up", "--yes");
    assertThat(daemons().keySet())
        .contains("worker.one connect")
        .doesNotContain("worker.one thrift", "worker.one history");
    Ended refused = operator.huddle("jdbc", "--detach");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("the file says `thrift: false`");
  }

  @Test
  @Order(9)
  void stopEndsTheServicesAndTheTunnels() throws Exception {
    fine("connect", "--detach");
    Ended stop = fine("stop");
    assertThat(stop.err()).contains("ended in the background: ").contains("connect");
    assertThat(daemons()).isEmpty();
    Ended down = operator.huddle("connect", "--detach");
    assertThat(down.exit()).isEqualTo(1);
    assertThat(down.err()).contains("the cluster is not up").contains("huddle up");
  }

  /// Pid and start time of every daemon that lives, by host and role.
  private Map<String, String> daemons() {
    Map<String, String> daemons = new TreeMap<>();
    Pattern line = Pattern.compile("(\\w+) ([0-9]+ [0-9]+)");
    for (LabHost host : lab.hosts()) {
      String root = host.name().equals("worker.one") ? "/home/deploy" : "/data/users/ada";
      Matcher found =
          line.matcher(
              host.exec(
                      "cd %s/.huddle/services/run; for r in master worker history connect thrift; do"
                              .formatted(root)
                          + " [ -f $r ] || continue; p=$(sed -n s/^pid=//p $r); [ -d /proc/$p ] &&"
                          + " echo $r $p $(cut -d' ' -f22 /proc/$p/stat); done")
                  .stdout());
      while (found.find()) {
        daemons.put(host.name() + " " + found.group(1), found.group(2));
      }
    }
    return daemons;
  }
}
