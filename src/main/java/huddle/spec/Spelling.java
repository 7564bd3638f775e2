package huddle.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Did you mean …?
public final class Spelling {
  /// What people of this field write for our words.
  private static final Map<String, String> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("slaves", "workers"),
          Map.entry("nodes", "workers"),
          Map.entry("hosts", "workers"),
          Map.entry("hostname", "host"),
          Map.entry("address", "host"),
          Map.entry("login", "user"),
          Map.entry("username", "user"),
          Map.entry("pipy", "pypi"),
          Map.entry("pip", "pypi"),
          Map.entry("key", "identity"),
          Map.entry("identityfile", "identity"),
          Map.entry("cpus", "cores"),
          Map.entry("ram", "memory"),
          Map.entry("environment", "env"),
          Map.entry("config", "conf"));

  private static final int LONGEST = 40;

  private Spelling() {}

  /// The one of the words that is meant, if one is near.
  public static Optional<String> nearest(String text, Collection<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    String other = OTHER_WORDS.get(lower);
    if (other != null && words.contains(other)) {
      return Optional.of(other);
    }
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return words.stream()
        .min(Comparator.comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT))))
        .filter(word ->
            distance(lower, word.toLowerCase(Locale.ROOT))
                <= Math.max(1, Math.min(lower.length(), word.length()) / 3));
  }

  /// Letters to add, drop, change or swap with their neighbour.
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
