package huddle.artifact;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// GET, with what a slow, hostile or private server needs: a bound on connecting and on silence, a
/// login that goes to its own server only, and at most ten redirects, none from https to http.
public final class Http {
  private static final int REDIRECTS = 10;

  private final HttpClient client;
  private final Duration stall;

  Http(HttpClient client, Duration stall) {
    this.client = client;
    this.stall = stall;
  }

  /// With the environment's proxies and certificates.
  public static Http of(OperatorEnvironment environment) {
    return of(environment, List.of(), Optional.empty(), Duration.ofSeconds(60));
  }

  /// @param certificates PEM bundles to trust besides the usual ones
  /// @param proxy wins over the environment's
  /// @param stall how long nothing may arrive
  static Http of(
      OperatorEnvironment environment,
      List<Path> certificates,
      Optional<String> proxy,
      Duration stall) {
    // Java sends no password to a proxy for an https address unless this is set before the first
    // request of the process; there is none to send unless the operator names one.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    Proxies proxies = new Proxies(environment, proxy);
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(TrustedCertificates.context(environment, certificates))
            .proxy(proxies);
    proxies.authenticator().ifPresent(client::authenticator);
    return new Http(client.build(), stall);
  }

  /// What to ask for.
  ///
  /// @param credentials for the address's own server
  record Get(URI uri, Map<String, String> headers, Optional<Credentials> credentials) {
    Get {
      headers = Map.copyOf(headers);
    }
  }

  /// The head of an answer.
  ///
  /// @param uri that answered in the end
  record Answer(int status, HttpHeaders headers, URI uri) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    boolean isHtml() {
      return header("content-type").toLowerCase(Locale.ROOT).contains("text/html");
    }
  }

  /// Chooses by an answer's head what takes its body.
  @FunctionalInterface
  interface Receiver {
    Body receive(Answer answer) throws IOException;
  }

  /// Sends the request and moves the body.
  ///
  /// @throws IOException if it cannot be done; the message may not be fit for people, see [Reason]
  Answer get(Get get, Receiver receiver) throws IOException, InterruptedException {
    URI uri = get.uri();
    for (int i = 0; i <= REDIRECTS; i++) {
      Answer answer = one(get, uri, receiver);
      if (!isRedirect(answer)) {
        return answer;
      }
      URI next = target(uri, answer.header("location"));
      if ("https".equalsIgnoreCase(uri.getScheme())
          && !"https".equalsIgnoreCase(next.getScheme())) {
        throw new IOException("it redirects from https to " + next.getScheme());
      }
      uri = next;
    }
    throw new IOException("it redirects more than " + REDIRECTS + " times");
  }

  private static boolean isRedirect(Answer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 -> !answer.header("location").isEmpty();
      default -> false;
    };
  }

  private static URI target(URI from, String location) throws IOException {
    try {
      URI next = from.resolve(location);
      if (next.getHost() == null || !isWeb(next)) {
        throw new IOException("it redirects to something that is no web address");
      }
      return next;
    } catch (IllegalArgumentException e) {
      throw new IOException("it redirects to something that is no web address", e);
    }
  }

  static boolean isWeb(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  private Answer one(Get get, URI uri, Receiver receiver) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "huddle").GET();
    get.headers().forEach(request::header);
    if (sameServer(get.uri(), uri)) {
      get.credentials().ifPresent(login -> request.header("Authorization", login.basic()));
    }
    Transfer transfer = new Transfer();
    CompletableFuture<HttpResponse<Answer>> response =
        client.sendAsync(
            request.build(),
            head -> {
              Answer answer = new Answer(head.statusCode(), head.headers(), uri);
              return transfer.subscriber(
                  answer,
                  isRedirect(answer) ? a -> new Body.Text(Http.shown(uri), 1 << 20) : receiver);
            });
    return await(response, transfer);
  }

  // Neither Java's request timeout (headers only until 25, everything from 26 on) nor a blocking
  // read bounds silence, so that the transfer says when something last arrived.
  private Answer await(CompletableFuture<HttpResponse<Answer>> response, Transfer transfer)
      throws IOException, InterruptedException {
    try {
      while (true) {
        long left = stall.toNanos() - transfer.nanosSinceLast();
        if (left <= 0) {
          throw new HttpTimeoutException("nothing arrived for " + stall.toSeconds() + " seconds");
        }
        try {
          HttpResponse<Answer> done = response.get(left, TimeUnit.NANOSECONDS);
          // A proxy that refuses the way to an https server: Java hands its answer on unread.
          if (done.body() == null) {
            throw new IOException("the proxy answers with status " + done.statusCode());
          }
          return done.body();
        } catch (TimeoutException e) {
          // Something may have arrived meanwhile: look again.
        }
      }
    } catch (ExecutionException e) {
      transfer.rethrow();
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      transfer.stop();
      response.cancel(true);
    }
  }

  static boolean sameServer(URI one, URI other) {
    return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }

  /// Host and port of an address: all of it that is ever shown, as the rest may hold a secret.
  public static String shown(URI uri) {
    String host = uri.getHost() == null ? "an address without a host" : uri.getHost();
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }
}
