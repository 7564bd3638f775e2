package huddle.artifact;

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
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// @param limit in bytes
    Text(int limit) {
      this.limit = limit;
    }

    @Override
    public void take(ByteBuffer more) throws IOException {
      if (bytes.size() + more.remaining() > limit) {
        throw new IOException("its answer is longer than " + (limit >> 20) + " MiB");
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
