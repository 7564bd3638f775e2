package huddle.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells the operator's browser from everyone else on the operator's machine, and from pages of
/// other sites in that browser: by a token that nobody can guess, in the address that is printed
/// and then in a cookie that scripts do not see and other sites do not send.
///
/// @param port the gateway's; cookies do not tell ports apart, so it is in the cookie's name
record Visitor(int port, String token) {
  /// Name of the parameter in the address.
  static final String PARAMETER = "huddle";

  /// One with a new token.
  static String newToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Whether the name that was asked for is this machine's: another name for 127.0.0.1 is how a
  /// foreign page would come here (DNS rebinding).
  boolean knowsName(Optional<String> host) {
    return host.filter(Set.of("127.0.0.1:" + port, "localhost:" + port)::contains).isPresent();
  }

  /// Whether a request's address carries the token.
  boolean hasToken(Optional<String> rawQuery) {
    return rawQuery.stream()
        .flatMap(query -> Arrays.stream(query.split("&", 1000)))
        .anyMatch(word -> same(word, PARAMETER + "=" + token));
  }

  /// Whether one of a request's cookies, or its `Authorization`, is ours.
  boolean hasCredential(List<String> cookies, Optional<String> authorization) {
    return authorization.filter(of -> same(of, "Bearer " + token)).isPresent()
        || cookies.stream()
            .flatMap(header -> Arrays.stream(header.split(";", 1000)))
            .anyMatch(cookie -> same(cookie.strip(), cookieName() + "=" + token));
  }

  /// What makes the browser keep the token.
  String setCookie() {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(cookieName(), token);
  }

  /// A query without the token; empty if nothing else was in it.
  static String without(Optional<String> rawQuery) {
    String rest =
        rawQuery.stream()
            .flatMap(query -> Arrays.stream(query.split("&", 1000)))
            .filter(word -> !word.startsWith(PARAMETER + "="))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? "" : "?" + rest;
  }

  private String cookieName() {
    return "huddle-" + port;
  }

  /// In a time that tells nothing of where they differ.
  private static boolean same(String said, String expected) {
    return MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
