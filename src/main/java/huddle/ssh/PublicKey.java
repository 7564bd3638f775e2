package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The operator's public key, as a line for authorized_keys.
///
/// @param file where it was read
/// @param line type, key and comment
/// @param blob the key alone
record PublicKey(Path file, String line, String blob) {
  private static final Pattern LINE =
      Pattern.compile("(?:ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ ([A-Za-z0-9+/=]{16,})( .*)?");
  private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  /// The `.pub` of the destination's identity, of the keys of the operator's configuration, or of
  /// the usual ones, whichever is there first.
  static PublicKey find(String host, Destination destination, SshConfig config, Path home) {
    List<Path> candidates =
        (destination.identity().isPresent()
                ? destination.identity().stream()
                : config.identityFiles().stream().sorted(Comparator.comparingInt(PublicKey::rank)))
            .flatMap(key -> Stream.of(expanded(key + ".pub", home)))
            .toList();
    return candidates.stream()
        .filter(Files::isReadable)
        .findFirst()
        .map(file -> read(host, file))
        .orElseThrow(() ->
            Failure.on(
                host,
                "there is no public key here to install (looked for %s)"
                    .formatted(String.join(", ", candidates.stream().map(Path::toString).toList())),
                "make a key pair with ssh-keygen -t ed25519, then run the command again"));
  }

  /// A key that the operator's configuration names comes before the usual ones.
  private static int rank(String key) {
    Path name = Path.of(key).getFileName();
    return DEFAULTS.indexOf(name == null ? "" : name.toString());
  }

  private static Path expanded(String file, Path home) {
    return file.startsWith("~/") ? home.resolve(file.substring(2)) : Path.of(file);
  }

  private static PublicKey read(String host, Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String line = lines.isEmpty() ? "" : lines.getFirst().strip();
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        return new PublicKey(file, line, matcher.group(1));
      }
    } catch (IOException e) {
      // Not text, or gone: said below.
    }
    throw Failure.on(host, file + " is not a public key", "make it again: ssh-keygen -y");
  }
}
