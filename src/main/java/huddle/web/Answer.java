package huddle.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The answer of a page, read from its channel: hostile bytes, bounded where they are kept.
///
/// @param headers in order, names as they came
/// @param length of the body; empty if it goes to the end of the stream
/// @param body without the framing of its transfer
record Answer(int status, List<Header> headers, OptionalLong length, InputStream body) {
  /// All header lines of an answer together.
  private static final int LIMIT = 64 << 10;

  record Header(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  Answer {
    headers = List.copyOf(headers);
  }

  /// The first header of a name.
  Optional<String> header(String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
  }

  /// @param bodiless whether the question was HEAD
  /// @throws IOException if it is no HTTP/1 answer
  static Answer read(InputStream in, boolean bodiless) throws IOException {
    int[] left = {LIMIT};
    int status;
    do {
      status = status(line(in, left));
      if (status == 101) {
        throw new IOException("it wants another protocol");
      }
      if (status < 200) {
        while (!line(in, left).isEmpty()) {
          // An interim answer; the real one follows.
        }
      }
    } while (status < 200);
    List<Header> headers = headers(in, left);
    Answer plain = new Answer(status, headers, OptionalLong.empty(), in);
    if (bodiless || status == 204 || status == 304) {
      return new Answer(status, headers, OptionalLong.of(0), InputStream.nullInputStream());
    }
    Optional<String> coding = plain.header("Transfer-Encoding");
    if (coding.isPresent()) {
      if (!coding.get().strip().equalsIgnoreCase("chunked")) {
        throw new IOException("it answers in a transfer coding that is not known");
      }
      return new Answer(status, headers, OptionalLong.empty(), new Chunks(in));
    }
    Optional<String> length = plain.header("Content-Length");
    if (length.isEmpty()) {
      return plain;
    }
    if (!length.get().strip().matches("[0-9]{1,15}")) {
      throw new IOException("it tells no length of its answer");
    }
    long bytes = Long.parseLong(length.get().strip());
    return new Answer(status, headers, OptionalLong.of(bytes), in);
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new IOException("what answers is no HTTP server");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static List<Header> headers(InputStream in, int[] left) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (!name.matches("[a-z0-9!#$%&'*+.^_`|~-]+")) {
        throw new IOException("its answer has a header that is none");
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  /// One line, without its end.
  static String line(InputStream in, int[] left) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("its answer ends in the middle");
      }
      if (--left[0] < 0) {
        throw new IOException("the head of its answer is too long");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
