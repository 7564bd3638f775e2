package huddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.cluster.Operator.Ended;
import huddle.cluster.Operator.Running;
import huddle.lab.HostOptions;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabHosts;
import huddle.lab.Login;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
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

/// The pages of a cluster on two hosts, through `huddle open` and a real browser. Each step builds
/// on those before it.
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesOnLabHostsTest {
  private static final String JOB =
      """
      import sys, time
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import col, udf
      spark = SparkSession.builder.appName("pages <script>alert(1)</script>").getOrCreate()
      @udf("long")
      def said(n):
          print("said by a task", file=sys.stderr)
          return n
      spark.range(0, 200, 1, 4).select(said(col("id")).alias("x")).groupBy("x").count().collect()
      print("ready", flush=True)
      time.sleep(3600)
      """;

  /// Sorting a table by each column in each order are thousands of links to the same page.
  private static final Pattern SORTED = Pattern.compile("[?&][A-Za-z]*\\.(sort|desc|pageSize)=");

  private static final int MOST_PAGES = 400;

  @TempDir static Path home;
  @TempDir static Path browserFolder;
  private String application = "";
  private Lab lab;
  private Operator operator;
  private Running job;
  private String url = "";

  @BeforeAll
  void bringUp() throws Exception {
    lab =
        LabHosts.up(
            PagesOnLabHostsTest.class,
            HostOptions.of("h1").withLogin(Login.of("deploy").withHome("/home/deploy")),
            HostOptions.of("h2").withLogin(Login.of("ada").withHome("/data/users/ada")));
    // Who has a login on the hosts, and none in the cluster.
    lab.hosts().forEach(host -> host.exec("useradd --user-group --create-home eve"));
    operator = Operator.at(home).with("HUDDLE_SSH_CONFIG", lab.sshConfig().toString());
    operator.write(
        "huddle.yaml",
        """
        name: pages
        master: h1
        workers: [h1, h2]
        python: {packages: []}
        """);
    Ended up = operator.huddle("up", "--yes");
    assertThat(up.exit()).as("%s", up).isZero();
    assertThat(up.err()).contains("huddle open").doesNotContain("ssh -NL");
    operator.write("job.py", JOB);
    job = operator.start("submit", "--conf", "spark.executor.cores=1", "job.py");
    job.awaitText("ready");
  }

  @AfterAll
  void takeDown() throws Exception {
    if (job != null) {
      job.process().destroyForcibly().waitFor();
    }
    if (lab != null) {
      operator.huddle("destroy", "--confirm=pages");
      lab.close();
    }
  }

  private static Map<String, Object> json(Ended ended) throws Exception {
    return JSON.std.mapFrom(ended.out());
  }

  @Test
  @Order(1)
  void opensInTheBackgroundOnceAndSaysWhere() throws Exception {
    Ended open = operator.huddle("open", "master", "--detach", "--json");
    assertThat(open.exit()).as("%s", open).isZero();
    assertThat(json(open)).containsOnlyKeys("version", "url").containsEntry("version", 1);
    url = (String) json(open).get("url");
    assertThat(url).startsWith("http://127.0.0.1:");
    Ended again = operator.huddle("open", "--detach", "--json");
    assertThat(json(again)).containsEntry("url", url);
    // The token is on no command line, and its note is the operator's alone.
    String token = url.substring(url.indexOf('=') + 1);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(token));
  }

  private String base() {
    return url.substring(0, url.indexOf("/?"));
  }

  private String cookie() {
    return "huddle-%d=%s".formatted(URI.create(url).getPort(), url.substring(url.indexOf('=') + 1));
  }

  @Test
  @Order(2)
  void everyPageIsAClickAway() throws Exception {
    Map<String, String> links = new TreeMap<>();
    try (Chromium browser = Chromium.start(browserFolder)) {
      browser.open(url);
      browser.awaitText("Spark Master at spark://");
      // The token has left the address, and scripts do not see the cookie.
      assertThat(browser.url()).isEqualTo(base() + "/");
      assertThat(browser.script("return document.cookie")).isEqualTo("");
      gather(browser, links);

      browser.click("a[href^='/proxy/app-']");
      browser.awaitText("Completed Jobs");
      assertThat(browser.url()).contains("/proxy/app-").endsWith("/jobs/");
      gather(browser, links);
      browser.click("a[href$='/stages/']");
      browser.awaitText("Completed Stages");
      gather(browser, links);
      browser.click("a.name-link");
      browser.awaitText("Summary Metrics for");
      gather(browser, links);
      browser.click("a[href$='/executors/']");
      browser.awaitText("stderr");
      gather(browser, links);
      browser.click("a[href*='logType=stderr']");
      browser.awaitText("said by a task");
      assertThat(browser.url()).contains("/proxy/worker-").contains("logType=stderr");
      gather(browser, links);

      browser.open(base() + "/");
      browser.click("a[href^='/proxy/worker-']");
      browser.awaitText("Spark Worker at");
      gather(browser, links);
      browser.click("a[href*='self&logType=out']");
      browser.awaitText("Successfully registered with master");
      browser.open(base() + "/");
      browser.click("a[href^='/proxy/worker-']");
      browser.click("p > a[href='/']");
      browser.awaitText("Spark Master at spark://");
      browser.click("a[href*='self&logType=out']");
      browser.awaitText("I have been elected leader");
      gather(browser, links);
    }
    crawl(links);
  }

  private static void gather(Chromium browser, Map<String, String> links) throws Exception {
    String from = browser.url();
    browser.links().forEach(link -> links.putIfAbsent(link, from));
  }

  /// From what the browser saw, and whatever those pages lead to.
  private void crawl(Map<String, String> links) throws Exception {
    Map<String, String> from = new LinkedHashMap<>(links);
    Deque<String> left = new ArrayDeque<>(links.keySet());
    Map<String, Integer> seen = new TreeMap<>();
    Map<String, String> dead = new TreeMap<>();
    try (HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      while (!left.isEmpty() && seen.size() < MOST_PAGES) {
        String link = left.pop().replaceAll("#.*", "").replace(" ", "%20");
        if (seen.containsKey(link) || SORTED.matcher(link).find() || link.contains("kill")) {
          continue;
        }
        if (link.startsWith("data:") || link.startsWith("javascript:")) {
          continue;
        }
        assertThat(link).as("a link of %s", from.get(link)).startsWith(base() + "/");
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(URI.create(link))
                    .timeout(Duration.ofMinutes(2))
                    .header("Cookie", cookie())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        seen.put(link, response.statusCode());
        String body = response.body();
        if (response.statusCode() != 200
            || body.contains("Error getting logs")
            || body.contains("invalid log directory")) {
          dead.put(link, response.statusCode() + ", from " + from.get(link));
        }
        if (response.headers().firstValue("Content-Type").orElse("").contains("html")) {
          Matcher matcher = Pattern.compile("(?:href|src)=\"([^\"#][^\"]*)\"").matcher(body);
          while (matcher.find()) {
            String said = matcher.group(1).replace("&amp;", "&").replace(" ", "%20");
            String next = response.uri().resolve(said).toString();
            if (from.putIfAbsent(next, link) == null) {
              left.add(next);
            }
          }
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(seen).hasSizeGreaterThan(40);
  }

  @Test
  @Order(3)
  void leadsToAnApplicationAndToAWorker() throws Exception {
    Ended app = operator.huddle("open", "app", "--detach", "--json");
    application = (String) json(app).get("url");
    assertThat(application).contains("/proxy/app-").startsWith(base());
    Ended worker = operator.huddle("open", "worker", "h2", "--detach", "--json");
    String workerUrl = (String) json(worker).get("url");
    assertThat(workerUrl).contains("/proxy/worker-").contains(lab.host("h2").address());
    assertThat(status(workerUrl, "")).isEqualTo(200);
    assertThat(status(base() + "/proxy/app-20200101000000-0000/", cookie())).isEqualTo(502);
    Ended wrong = operator.huddle("open", "worker", "h9");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("h9 is no Worker's host; the cluster has h1, h2");
    Ended taken = operator.huddle("open", "--no-browser", "--port", "" + URI.create(url).getPort());
    assertThat(taken.exit()).isEqualTo(1);
    assertThat(taken.err()).contains("of this machine is taken by another program");
  }

  private static int status(String address, String cookie) throws Exception {
    return get(address, cookie).statusCode();
  }

  private static HttpResponse<String> get(String address, String cookie) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).header("Cookie", cookie).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  @Order(4)
  void whoHasNoCredentialGetsNothing() throws Exception {
    assertThat(status(base() + "/", "")).isEqualTo(403);
    for (LabHost host : lab.hosts()) {
      String listening =
          host.exec("ss -Hltn | awk '{ print $4 }' | grep -Ev '127[.]0[.]0[.]1|:22$|^\\[?::1'")
              .stdout();
      // What the network reaches wants the secret; the pages are not among it.
      assertThat(listening).doesNotContainPattern(":(8080|8081|4040|18080)\\b");
      String codes =
          host.exec(
                  "eve",
                  """
                  for port in $(ss -Hltn | awk '{ n = split($4, a, ":"); if ($4 ~ /127[.]0[.]0[.]1/) print a[n] }'); do
                    # Whatever speaks HTTP there; a driver's port is its own choice.
                    code=$(curl -s -m 5 -o /dev/null -w '%{http_code}' http://127.0.0.1:$port/)
                    [ "$code" != 000 ] || continue
                    for path in / /json/ /metrics/json/ /environment/ /logPage/ /api/v1/applications \\
                      /executors/ /static/webui.css /app/kill/ /jobs/job/kill/ /workers/kill/; do
                      curl -s -m 20 -o /dev/null -w "$port$path %{http_code}\\n" http://127.0.0.1:$port$path
                    done
                  done
                  """,
                  Duration.ofMinutes(3))
              .stdout();
      assertThat(codes.lines().filter(line -> line.endsWith(" 403")).count())
          .as(codes)
          .isGreaterThanOrEqualTo(host.name().equals("h1") ? 33 : 11);
      assertThat(codes.lines()).allMatch(line -> line.endsWith(" 403"));
    }
  }

  @Test
  @Order(5)
  void theKeyIsNowhereToBeSeen() throws Exception {
    String key = "";
    String secret = "";
    for (LabHost host : lab.hosts()) {
      String root =
          (host.name().equals("h1") ? "/home/deploy" : "/data/users/ada") + "/.huddle/pages";
      key = host.exec("sed -n 's/.*secretKey=//p' " + root + "/conf/driver.opts").stdout().strip();
      secret = host.exec("cat " + root + "/conf/secret").stdout().strip();
      assertThat(key).hasSize(43);
      assertThat(secret).hasSize(64);
      // This shell's own command line names the files only, and ps is done before grep has them.
      String found =
          host.exec(
                  """
                  cd %s
                  ps -eo args >/var/tmp/ps
                  sed -n 's/.*secretKey=//p' conf/driver.opts >/var/tmp/words
                  cat conf/secret >>/var/tmp/words
                  grep -F -f /var/tmp/words /var/tmp/ps
                  grep -rlF -f /var/tmp/words . | grep -v '^[.]/conf/'
                  find . -type f -perm /077 -exec grep -lF -f /var/tmp/words {} +
                  rm -f /var/tmp/words /var/tmp/ps
                  """
                      .formatted(root))
              .stdout();
      assertThat(found).as(host.name()).isEmpty();
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      String app = (String) json(operator.huddle("open", "app", "--detach", "--json")).get("url");
      for (String page :
          List.of(
              base() + "/environment/",
              base() + "/json/",
              app.replaceAll("\\?.*", "") + "environment/",
              app.replaceAll("\\?.*", "") + "api/v1/applications")) {
        String body =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(page)).header("Cookie", cookie()).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body)
            .as(page)
            .isNotEmpty()
            .doesNotContain("does not answer")
            .doesNotContain(key)
            .doesNotContain(secret);
      }
    }
  }

  @Test
  @Order(6)
  void aDriverInClusterModeIsGuardedToo() throws Exception {
    String jar = java.util.Base64.getEncoder().encodeToString(longJob());
    for (LabHost host : lab.hosts()) {
      host.exec("echo " + jar + " | base64 -d >/var/tmp/long.jar; chmod 644 /var/tmp/long.jar");
    }
    Ended submitted =
        operator.huddle(
            "exec",
            "--host",
            "h1",
            "--",
            "sh",
            "-c",
            "$SPARK_HOME/bin/spark-submit --deploy-mode cluster --driver-memory 512m"
                + " --conf spark.cores.max=1 --conf spark.executor.memory=512m"
                + " --class LongJob /var/tmp/long.jar");
    assertThat(submitted.exit()).as("%s", submitted).isZero();
    // Its page answers at the gateway, wherever it runs.
    String newest = awaitApplication("in cluster mode");
    assertThat(status(base() + "/proxy/" + newest + "/jobs/", cookie())).isEqualTo(200);
    int drivers = 0;
    for (LabHost host : lab.hosts()) {
      String line = host.exec("ps -eo args | grep '[D]riverWrapper'").stdout();
      drivers += line.isEmpty() ? 0 : 1;
      assertThat(line).doesNotContain("secretKey").doesNotContain("authenticate.secret=");
      String codes =
          host.exec(
                  "eve",
                  "for port in 4040 4041; do curl -s -m 20 -o /dev/null -w '%{http_code}\n'"
                      + " http://127.0.0.1:$port/jobs/; done",
                  Duration.ofMinutes(1))
              .stdout();
      assertThat(codes.lines()).allMatch(code -> code.equals("403") || code.equals("000"));
    }
    assertThat(drivers).isEqualTo(1);
  }

  private String awaitApplication(String name) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (System.nanoTime() < deadline) {
      for (Object one : (List<?>) json(operator.huddle("status", "--json")).get("applications")) {
        Map<?, ?> application = (Map<?, ?>) one;
        if (String.valueOf(application.get("name")).equals(name)) {
          return String.valueOf(application.get("id"));
        }
      }
    }
    throw new AssertionError("no Application " + name);
  }

  /// A jar whose class starts a SparkContext and sleeps, compiled without Spark at hand.
  private static byte[] longJob() throws Exception {
    Path folder = Files.createTempDirectory(home, "jar");
    Path source =
        Files.writeString(
            folder.resolve("LongJob.java"),
            """
            public class LongJob {
              public static void main(String[] args) throws Exception {
                System.setProperty("spark.app.name", "in cluster mode");
                Class.forName("org.apache.spark.SparkContext").getMethod("getOrCreate").invoke(null);
                Thread.sleep(3_600_000);
              }
            }
            """);
    int compiled =
        javax.tools.ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", source.toString());
    assertThat(compiled).isZero();
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (java.util.jar.JarOutputStream jar = new java.util.jar.JarOutputStream(bytes)) {
      jar.putNextEntry(new java.util.zip.ZipEntry("LongJob.class"));
      jar.write(Files.readAllBytes(folder.resolve("LongJob.class")));
      jar.closeEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  @Order(7)
  void whatHasEndedIsInTheHistory() throws Exception {
    job.signal("INT");
    job.end();
    HttpResponse<String> gone = get(application, "");
    assertThat(gone.statusCode()).isEqualTo(502);
    assertThat(gone.body()).contains("has ended").contains("huddle open history");
    Ended open = operator.huddle("open", "history", "--detach", "--json");
    assertThat(open.exit()).as("%s", open).isZero();
    String history = (String) json(open).get("url");
    Map<String, String> links = new TreeMap<>();
    String pages = url;
    url = history;
    try (Chromium browser = Chromium.start(Files.createTempDirectory(home, "history"))) {
      browser.open(history);
      browser.awaitText("History Server");
      browser.awaitText("pages <script>");
      gather(browser, links);
      browser.click("a[href*='/history/app-']");
      browser.awaitText("Completed Jobs");
      gather(browser, links);
      browser.click("a[href$='/executors/']");
      browser.awaitText("Summary");
      gather(browser, links);
      crawl(links);
    } finally {
      url = pages;
    }
  }

  @Test
  @Order(8)
  void stopEndsWhatIsInTheBackground() throws Exception {
    Ended stop = operator.huddle("stop", "--yes");
    assertThat(stop.exit()).as("%s", stop).isZero();
    assertThat(stop.err()).contains("ended in the background: pages");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> status(base() + "/", cookie()))
        .isInstanceOf(java.net.ConnectException.class);
    Ended open = operator.huddle("open", "--no-browser");
    assertThat(open.exit()).isEqualTo(1);
    assertThat(open.err()).contains("no Master of this cluster runs");
  }
}
