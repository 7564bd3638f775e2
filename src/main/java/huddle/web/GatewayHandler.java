package huddle.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.ssh.Connection;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Answers one request: looks at who asks, finds the page, asks it, passes its answer on.
final class GatewayHandler implements HttpHandler {
  /// Most pages asked at once; more requests wait.
  private static final int MOST = 64;

  /// A form of Spark's pages is a few words.
  private static final int LARGEST_BODY = 1 << 20;

  /// How long a page may say nothing.
  private static final Duration SILENCE = Duration.ofMinutes(2);

  /// What concerns one connection only, and what is not the pages' to decide.
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "date",
          "location",
          "refresh",
          "server",
          "set-cookie");

  private final Visitor visitor;
  private final Route.Page home;
  private final Places places;
  private final Consumer<String> problems;
  private final Semaphore turns = new Semaphore(MOST);

  GatewayHandler(Visitor visitor, Route.Page home, Places places, Consumer<String> problems) {
    this.visitor = visitor;
    this.home = home;
    this.places = places;
    this.problems = problems;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      Optional<Trouble> refusal = refusal(exchange);
      if (refusal.isPresent()) {
        say(exchange, refusal.get());
      } else if (isNavigation(exchange) && visitor.hasToken(query(exchange))) {
        welcome(exchange);
      } else {
        if (visitor.hasToken(query(exchange))) {
          // A program that keeps cookies may follow links as a browser does.
          exchange.getResponseHeaders().set("Set-Cookie", visitor.setCookie());
        }
        turns.acquire();
        try {
          pass(exchange);
        } finally {
          turns.release();
        }
      }
    } catch (IOException e) {
      // The browser went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<String> query(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
  }

  private Optional<Trouble> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    List<String> cookies = headers.getOrDefault("Cookie", List.of());
    if (!visitor.knowsName(Optional.ofNullable(headers.getFirst("Host")))) {
      return Optional.of(new Trouble(421, "This is not the name of this address", ""));
    }
    if (!Set.of("GET", "HEAD", "POST").contains(exchange.getRequestMethod())) {
      return Optional.of(new Trouble(405, "The pages know GET, HEAD and POST only", ""));
    }
    boolean known =
        visitor.hasToken(query(exchange))
            || visitor.hasCredential(
                cookies, Optional.ofNullable(headers.getFirst("Authorization")));
    return known
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                403,
                "These pages are for whoever opened them",
                "Run `huddle open`, and use the address that it prints."));
  }

  /// Whether a browser shows the answer as a page of its own.
  private static boolean isNavigation(HttpExchange exchange) {
    return "document".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Dest"));
  }

  /// Lets a browser in: it keeps the cookie and asks again without the token, which is then in no
  /// history. A redirect would not do: who comes from another site gets no strict cookie along it.
  private void welcome(HttpExchange exchange) throws IOException {
    String to = exchange.getRequestURI().getRawPath() + Visitor.without(query(exchange));
    exchange.getResponseHeaders().set("Set-Cookie", visitor.setCookie());
    html(
        exchange,
        200,
        "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=%s\">"
            .formatted(Trouble.escaped(to.startsWith("//") ? "/" : to)));
  }

  private void say(HttpExchange exchange, Trouble trouble) throws IOException {
    html(exchange, trouble.status(), trouble.html());
  }

  private static void html(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "same-origin");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    Route route = Route.of(exchange.getRequestURI().getRawPath(), home);
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      say(exchange, new Trouble(413, "That is more than a page takes", ""));
      return;
    }
    List<Answer.Header> asked = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> values.forEach(value -> asked.add(new Answer.Header(name, value))));
    Question question =
        new Question(
            exchange.getRequestMethod(),
            route.path() + Visitor.without(query(exchange)),
            asked,
            new String(body, StandardCharsets.ISO_8859_1));
    Trouble trouble;
    try {
      Place place = places.find(route.page());
      try (Connection.Channel channel = place.dial();
          Patience patience = Patience.with(channel, SILENCE)) {
        channel.out().write(question.bytes(place.authority(), place.authorization()));
        InputStream in = new BufferedInputStream(patience.watching(channel.in()), 32 << 10);
        Answer answer = Answer.read(in, question.method().equals("HEAD"));
        if (answer.status() == 401 || answer.status() == 403) {
          places.forget(route.page());
        }
        answer(exchange, route, place, answer);
        return;
      }
    } catch (Failure failure) {
      places.forget(route.page());
      trouble = Gateway.trouble(failure);
    } catch (IOException e) {
      if (exchange.getResponseCode() != -1) {
        // Part of the answer is there already; that it is cut off is all that can be said.
        throw e;
      }
      places.forget(route.page());
      trouble = silent(route.page(), e);
    }
    problems.accept(trouble.what() + (trouble.remedy().isEmpty() ? "" : ": " + trouble.remedy()));
    say(exchange, trouble);
  }

  /// Why a page that was there does not answer: that it is gone, if whoever looks for it now is
  /// told so.
  private Trouble silent(Route.Page page, IOException said) {
    try {
      Place _ = places.find(page);
    } catch (Failure gone) {
      return Gateway.trouble(gone);
    }
    return new Trouble(
        502, "The page does not answer", Printable.line(String.valueOf(said.getMessage())));
  }

  private static void answer(HttpExchange exchange, Route route, Place place, Answer answer)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (Answer.Header header : answer.headers()) {
      if (!DROPPED.contains(header.name().toLowerCase(java.util.Locale.ROOT))) {
        headers.add(header.name(), header.value());
      }
    }
    answer
        .header("Location")
        .flatMap(said -> route.location(said, place.authority()))
        .ifPresent(location -> headers.set("Location", location));
    if (!headers.containsKey("Referrer-Policy")) {
      headers.set("Referrer-Policy", "same-origin");
    }
    boolean bodiless =
        exchange.getRequestMethod().equals("HEAD")
            || answer.status() == 204
            || answer.status() == 304
            || answer.length().orElse(-1) == 0;
    if (bodiless) {
      answer.header("Content-Length").ifPresent(length -> headers.set("Content-Length", length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), answer.length().orElse(0));
    OutputStream out = exchange.getResponseBody();
    byte[] buffer = new byte[32 << 10];
    long left = answer.length().orElse(Long.MAX_VALUE);
    while (left > 0) {
      int count = answer.body().read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        break;
      }
      out.write(buffer, 0, count);
      out.flush();
      left -= count;
    }
    if (answer.length().isEmpty()) {
      out.close();
    } else if (left > 0) {
      throw new IOException("the answer ends in the middle");
    } else {
      out.close();
    }
  }
}
