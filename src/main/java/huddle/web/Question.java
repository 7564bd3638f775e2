package huddle.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a page is asked: a request of the browser's, without what is the gateway's business.
///
/// @param path raw, with the query
/// @param headers of the browser
/// @param body of a POST, a character a byte; empty otherwise
record Question(String method, String path, List<Answer.Header> headers, String body) {
  /// What a page may know of the browser. Cookies, referrers and credentials are not among it.
  private static final List<String> PASSED =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "Cache-Control",
          "Content-Type",
          "If-Modified-Since",
          "If-None-Match",
          "Range",
          "User-Agent",
          "X-Requested-With");

  Question {
    headers = List.copyOf(headers);
  }

  /// As it is sent. One question a connection: dialling costs nothing.
  byte[] bytes(String authority, Optional<String> authorization) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    add(head, "Host", authority);
    add(head, "Connection", "close");
    authorization.ifPresent(of -> add(head, "Authorization", of));
    for (Answer.Header header : headers) {
      if (PASSED.stream().anyMatch(header::is)) {
        add(head, header.name(), header.value());
      }
    }
    if (method.equals("POST")) {
      add(head, "Content-Length", Integer.toString(body.length()));
    }
    head.append("\r\n");
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void add(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value.replaceAll("[\r\n\0]", " ")).append("\r\n");
  }
}
