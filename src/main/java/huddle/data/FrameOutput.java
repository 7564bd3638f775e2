package huddle.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Bytes as frames, so that their end can be told from a connection that broke: four bytes of
/// length, then so many bytes; a length of 0 ends them.
final class FrameOutput extends OutputStream {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 18];
  private int filled;

  FrameOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, n);
      filled += n;
      at += n;
      left -= n;
      if (filled == buffer.length) {
        frame();
      }
    }
  }

  private void frame() throws IOException {
    if (filled > 0) {
      out.write(ByteBuffer.allocate(4).putInt(filled).array());
      out.write(buffer, 0, filled);
      filled = 0;
    }
  }

  /// Says that all has been written; the stream below stays open.
  void finish() throws IOException {
    frame();
    out.write(new byte[4]);
    out.flush();
  }
}
