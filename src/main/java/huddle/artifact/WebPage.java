package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A small answer from the network, in memory: at most 32 MiB.
///
/// @param uri that answered in the end
record WebPage(URI uri, boolean isHtml, String text) {
  private static final int LIMIT = 32 << 20;
  private static final int TRIES = 3;

  /// @param what it is, for messages
  /// @throws Failure if the server cannot be asked or does not have it
  static WebPage get(
      Http http,
      URI address,
      Map<String, String> headers,
      Optional<Credentials> login,
      String what) {
    return ask(http, address, headers, login, what)
        .orElseThrow(() -> absent(Http.shown(WebAddress.withoutLogin(address)), what));
  }

  /// The text of a small file; empty if the server does not have it.
  ///
  /// @throws Failure if the server cannot be asked
  static Optional<String> find(Http http, URI address, Optional<Credentials> login, String what) {
    return ask(http, address, Map.of(), login, what).map(WebPage::text);
  }

  private static Optional<WebPage> ask(
      Http http,
      URI address,
      Map<String, String> headers,
      Optional<Credentials> login,
      String what) {
    URI uri = WebAddress.withoutLogin(address);
    Http.Get get = new Http.Get(uri, headers, login);
    IOException last = new IOException("no answer");
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        Body.Text body = new Body.Text(Http.shown(uri), LIMIT);
        Http.Answer answer = http.get(get, a -> body);
        if (answer.status() == 200) {
          return Optional.of(new WebPage(answer.uri(), answer.isHtml(), body.text()));
        }
        if (answer.status() == 404 || answer.status() == 410) {
          return Optional.empty();
        }
        if (answer.status() < 500 && answer.status() != 429) {
          throw refused(answer, what);
        }
        last = new IOException("it answers with status " + answer.status());
      } catch (IOException e) {
        last = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.of("interrupted while fetching " + what, "");
      }
    }
    throw Reason.unreachable(what, uri, last);
  }

  private static Failure absent(String server, String what) {
    return Failure.of(server + " does not have " + what, "check version and source");
  }

  private static Failure refused(Http.Answer answer, String what) {
    String server = Http.shown(answer.uri());
    return switch (answer.status()) {
      case 401, 403, 407 ->
          Failure.of(
              server + " does not let us have " + what + " (status " + answer.status() + ")",
              "put user and password into the address, as https://user:password@host/path");
      default ->
          Failure.of(
              server + " answers with status " + answer.status() + " for " + what,
              "try again later or choose another source");
    };
  }
}
