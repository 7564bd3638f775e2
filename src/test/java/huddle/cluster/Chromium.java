package huddle.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.json.Json;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A real browser without a screen, by chromedriver's W3C protocol.
public final class Chromium implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String base;

  /// Starts one with an empty profile; skips the test where there is none.
  ///
  /// @param folder for its profile and log
  public static Chromium start(Path folder) throws Exception {
    assumeTrue(
        Files.isExecutable(DRIVER) && Files.isExecutable(PROGRAM),
        "skipped: no Chromium (apt install chromium chromium-driver)");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromedriver.log").toFile())
            .start();
    return new Chromium(driver, port, folder);
  }

  private Chromium(Process driver, int port, Path folder) throws Exception {
    this.driver = driver;
    String root = "http://127.0.0.1:" + port;
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!isReady(root)) {
      if (!driver.isAlive() || System.nanoTime() > deadline) {
        driver.destroyForcibly();
        throw new AssertionError(
            "chromedriver is not ready: " + Files.readString(folder.resolve("chromedriver.log")));
      }
      Thread.sleep(50);
    }
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1400,1000",
            "--user-data-dir=" + folder.resolve("profile"));
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("binary", PROGRAM.toString());
    options.put("args", arguments);
    Map<?, ?> session =
        (Map<?, ?>)
            post(
                root + "/session",
                Map.of(
                    "capabilities",
                    Map.of(
                        "alwaysMatch",
                        Map.of("browserName", "chrome", "goog:chromeOptions", options))));
    this.base = root + "/session/" + session.get("sessionId");
  }

  private boolean isReady(String root) throws InterruptedException {
    try {
      HttpRequest status = HttpRequest.newBuilder(URI.create(root + "/status")).build();
      return http.send(status, HttpResponse.BodyHandlers.ofString()).body().contains("true");
    } catch (IOException e) {
      return false;
    }
  }

  /// Goes to an address and waits for its page.
  public void open(String url) throws Exception {
    post(base + "/url", Map.of("url", url));
  }

  /// Where it is.
  public String url() throws Exception {
    return (String) script("return location.href");
  }

  /// What the page shows.
  public String text() throws Exception {
    return (String) script("return document.body ? document.body.innerText : ''");
  }

  /// Every address that the page, as scripts made it, leads to or is made of.
  public List<String> links() throws Exception {
    List<String> links = new ArrayList<>();
    Object found =
        script(
            "return [...document.querySelectorAll('a[href],link[href]')].map(e => e.href)"
                + ".concat([...document.querySelectorAll('img[src],script[src]')].map(e => e.src))");
    for (Object link : (List<?>) found) {
      links.add((String) link);
    }
    return links;
  }

  /// Clicks the first element that a selector finds, once it is there.
  public void click(String selector) throws Exception {
    await(
        "an element " + selector,
        () -> {
          Object there = script("return !!document.querySelector(" + quoted(selector) + ")");
          return Boolean.TRUE.equals(there);
        });
    String before = url();
    script("document.querySelector(" + quoted(selector) + ").click()");
    await(
        "another page than " + before,
        () -> !url().equals(before) && "complete".equals(script("return document.readyState")));
  }

  /// Waits until the page shows this.
  public void awaitText(String text) throws Exception {
    await("the text " + text, () -> text().contains(text));
  }

  /// Something that becomes true.
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + what + " at " + url() + ":\n" + text());
      }
      Thread.sleep(100);
    }
  }

  /// What scripts of the page cannot read is not in here either.
  public Object script(String text) throws Exception {
    return post(base + "/execute/sync", Map.of("script", text, "args", List.of()));
  }

  /// A picture of the window, as PNG.
  public byte[] screenshot() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/screenshot")).build();
    return Base64.getDecoder().decode((String) value(request));
  }

  private Object post(String url, Object body) throws Exception {
    return value(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(BOUND)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
            .build());
  }

  private Object value(HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(request.uri() + ": " + response.body());
    }
    return JSON.std.mapFrom(response.body()).get("value");
  }

  private static String quoted(String text) {
    return Json.line(text);
  }

  @Override
  public void close() throws IOException {
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(base)).DELETE().timeout(BOUND).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroy();
      driver.onExit().join();
      http.close();
    }
  }
}
