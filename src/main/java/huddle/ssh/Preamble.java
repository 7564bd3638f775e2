package huddle.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a stream held before the script's first own byte.
///
/// @param began whether the marker came
/// @param word what followed the marker in its line: the process id of sh, on standard output
/// @param noise what the login shell printed before; hostile text
record Preamble(boolean began, String word, String noise) {
  /// More than this from a login shell is not waited through.
  static final int NOISE_LIMIT = 64 * 1024;

  /// Reads up to the end of the marker's line and not one byte further, or to the end of the
  /// stream.
  static Preamble read(InputStream in, String marker) throws IOException {
    byte[] wanted = marker.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    byte[] last = new byte[wanted.length];
    for (int b = in.read(); b >= 0 && seen.size() < NOISE_LIMIT; b = in.read()) {
      seen.write(b);
      System.arraycopy(last, 1, last, 0, last.length - 1);
      last[last.length - 1] = (byte) b;
      if (Arrays.equals(last, wanted)) {
        String noise = seen.toString(StandardCharsets.UTF_8);
        return new Preamble(
            true, restOfLine(in).strip(), noise.substring(0, noise.length() - marker.length()));
      }
    }
    return new Preamble(false, "", seen.toString(StandardCharsets.UTF_8));
  }

  /// Whether the login shell printed more than is waited through.
  boolean isEndless() {
    // Characters are up to four bytes.
    return !began && noise.length() >= NOISE_LIMIT / 4;
  }

  private static String restOfLine(InputStream in) throws IOException {
    StringBuilder rest = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n' && rest.length() < 100; b = in.read()) {
      rest.append((char) b);
    }
    return rest.toString();
  }
}
