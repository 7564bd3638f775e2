package huddle.submit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Reads what `app-logs.sh` prints: parts of several files, each behind a line that says whose it
/// is and how long, so that no line of a log can pass for another's.
public final class LogParts {
  private static final int LONGEST_HEADER = 200;
  private static final int LONGEST_LINE = 1 << 20;

  private LogParts() {}

  /// Reads to the end.
  ///
  /// @param take gets `executor 3 stderr` or `driver`, and a line without its break
  public static void read(InputStream in, BiConsumer<String, String> take) throws IOException {
    Map<String, ByteArrayOutputStream> begun = new TreeMap<>();
    for (String header = header(in); header != null; header = header(in)) {
      String[] words = header.split(" ", -1);
      if (words.length != 4 || !words[0].equals("F") || !words[3].matches("[0-9]{1,15}")) {
        throw new IOException("not a part of a log: " + header);
      }
      String place = words[1].equals("driver") ? "driver" : "executor " + words[1] + " " + words[2];
      ByteArrayOutputStream line = begun.computeIfAbsent(place, key -> new ByteArrayOutputStream());
      for (long left = Long.parseLong(words[3]); left > 0; left--) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        if (b == '\n' || line.size() >= LONGEST_LINE) {
          take.accept(place, line.toString(StandardCharsets.UTF_8));
          line.reset();
        }
        if (b != '\n') {
          line.write(b);
        }
      }
    }
    begun.forEach((place, line) -> {
      if (line.size() > 0) {
        take.accept(place, line.toString(StandardCharsets.UTF_8));
      }
    });
  }

  private static @org.jspecify.annotations.Nullable String header(InputStream in)
      throws IOException {
    StringBuilder header = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (header.length() >= LONGEST_HEADER) {
        throw new IOException("not a part of a log: " + header);
      }
      header.append((char) b);
    }
    return header.toString();
  }
}
