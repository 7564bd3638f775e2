package huddle.artifact;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.event.Failure;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of one project in a Python index, as JSON (PEP 691) or HTML (PEP 503). Pure.
final class IndexPage {
  private static final Pattern ANCHOR =
      Pattern.compile("<a\\s([^>]{0,4000})>([^<]{0,1000})</a>", Pattern.CASE_INSENSITIVE);
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Za-z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");

  private IndexPage() {}

  /// The files it lists; those without a usable address are left out.
  static List<IndexFile> parse(WebPage page) {
    return page.text().stripLeading().startsWith("{") ? json(page) : html(page);
  }

  private static List<IndexFile> json(WebPage page) {
    Map<String, Object> project;
    try {
      project = JSON.std.mapFrom(page.text());
    } catch (IOException e) {
      throw Failure.of(
          Http.shown(page.uri()) + " sends JSON that cannot be read",
          "check that its address is that of a Python index's simple API");
    }
    List<IndexFile> files = new ArrayList<>();
    if (project.get("files") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> file
            && file.get("filename") instanceof String name
            && file.get("url") instanceof String url) {
          Optional<URI> uri = resolve(page.uri(), url);
          Optional<Digest> digest = digest(file.get("hashes"));
          uri.ifPresent(u ->
              files.add(
                  new IndexFile(
                      name,
                      u,
                      digest,
                      file.get("size") instanceof Number size && size.longValue() > 0
                          ? OptionalLong.of(size.longValue())
                          : OptionalLong.empty(),
                      file.get("requires-python") instanceof String wants ? wants : "",
                      isYanked(file.get("yanked")))));
        }
      }
    }
    return files;
  }

  // `false`, absent, `true`, or the reason.
  private static boolean isYanked(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof String || Boolean.TRUE.equals(value);
  }

  private static Optional<Digest> digest(@org.jspecify.annotations.Nullable Object hashes) {
    if (hashes instanceof Map<?, ?> byName) {
      for (String algorithm : List.of("sha256", "sha512", "sha384")) {
        if (byName.get(algorithm) instanceof String hex && Digest.isValid(algorithm, hex)) {
          return Optional.of(new Digest(algorithm, hex));
        }
      }
    }
    return Optional.empty();
  }

  private static List<IndexFile> html(WebPage page) {
    List<IndexFile> files = new ArrayList<>();
    Matcher anchor = ANCHOR.matcher(page.text());
    while (anchor.find()) {
      Map<String, String> attributes = attributes(anchor.group(1));
      String name = unescape(anchor.group(2)).strip();
      Optional<URI> uri = resolve(page.uri(), attributes.getOrDefault("href", ""));
      uri.ifPresent(u ->
          files.add(
              new IndexFile(
                  name,
                  withoutFragment(u),
                  fragmentDigest(u),
                  OptionalLong.empty(),
                  attributes.getOrDefault("data-requires-python", ""),
                  attributes.containsKey("data-yanked"))));
    }
    return files;
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> attributes = new java.util.HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    while (matcher.find()) {
      String value = "";
      for (int group = 2; group <= 4; group++) {
        String found = matcher.group(group);
        value = found == null ? value : found;
      }
      attributes.put(matcher.group(1).toLowerCase(java.util.Locale.ROOT), unescape(value));
    }
    return attributes;
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static Optional<URI> resolve(URI page, String link) {
    try {
      return link.isEmpty()
          ? Optional.empty()
          : Optional.of(page.resolve(link)).filter(u -> Http.isWeb(u) && u.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }

  private static Optional<Digest> fragmentDigest(URI uri) {
    String fragment = String.valueOf(uri.getFragment());
    int equals = fragment.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    String algorithm = fragment.substring(0, equals);
    String hex = fragment.substring(equals + 1);
    return Digest.isValid(algorithm, hex)
        ? Optional.of(new Digest(algorithm, hex))
        : Optional.empty();
  }
}
