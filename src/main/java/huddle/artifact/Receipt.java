package huddle.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The file beside a tar in the cache: lines of `name=value`.
final class Receipt {
  private static final int LIMIT = 1 << 16;

  private Receipt() {}

  static void write(Path file, Cache.Stored stored) throws IOException {
    Map<String, String> values = new TreeMap<>();
    stored.facts().forEach((name, value) -> values.put("fact." + name, value));
    values.put("identity", stored.identity());
    values.put("sha256", stored.sha256());
    values.put("bytes", Long.toString(stored.bytes()));
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) ->
        text.append(name).append('=').append(value.replace('\n', ' ')).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Empty if there is none or it is damaged.
  static Optional<Cache.Stored> read(Path file, Path tar) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> facts = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> line.contains("="))
          .forEach(line -> {
            String name = line.substring(0, line.indexOf('='));
            String value = line.substring(line.indexOf('=') + 1);
            if (name.startsWith("fact.")) {
              facts.put(name.substring("fact.".length()), value);
            } else {
              values.put(name, value);
            }
          });
    } catch (IOException e) {
      return Optional.empty();
    }
    String identity = values.getOrDefault("identity", "");
    String sha256 = values.getOrDefault("sha256", "");
    String bytes = values.getOrDefault("bytes", "");
    return identity.isEmpty() || sha256.isEmpty() || !bytes.matches("[0-9]{1,18}")
        ? Optional.empty()
        : Optional.of(new Cache.Stored(tar, identity, sha256, Long.parseLong(bytes), facts));
  }
}
