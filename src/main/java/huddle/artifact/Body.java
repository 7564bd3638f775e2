package huddle.artifact;

import huddle.event.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes an answer's bytes as they come.
@FunctionalInterface
interface Body {
  /// Drops them.
  Body NONE = bytes -> {};

  /// @throws IOException to refuse the rest; it is what the caller of the request gets
  void take(ByteBuffer bytes) throws IOException;

  /// Keeps a small answer in memory.
  final class Text implements Body {
    private final String from;
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// @param from the server, for messages
    /// @param limit in bytes
    Text(String from, int limit) {
      this.from = from;
      this.limit = limit;
    }

    @Override
    public void take(ByteBuffer more) throws IOException {
      if (bytes.size() + more.remaining() > limit) {
        throw Failure.of(
            from + " sends an answer of more than " + (limit >> 20) + " MiB",
            "check that its address is right");
      }
      byte[] chunk = new byte[more.remaining()];
      more.get(chunk);
      bytes.write(chunk);
    }

    /// As UTF-8.
    String text() {
      return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
