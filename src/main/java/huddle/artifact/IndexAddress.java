package huddle.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which Python index to ask, and how.
///
/// @param uri of its simple API, without login, ending with a slash
/// @param from where that is configured, for messages
/// @param certificates PEM bundles that pip's configuration names
/// @param proxy that pip's configuration names
record IndexAddress(
    URI uri,
    Optional<Credentials> login,
    String from,
    List<Path> certificates,
    Optional<String> proxy) {
  IndexAddress {
    certificates = List.copyOf(certificates);
  }

  /// As it may be shown: `mirror.example.org (from PIP_INDEX_URL)`.
  String name() {
    return Http.shown(uri) + " (from " + from + ")";
  }
}
