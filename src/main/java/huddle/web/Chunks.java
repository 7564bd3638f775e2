package huddle.web;

import java.io.IOException;
import java.io.InputStream;

/// The body of an answer that comes in chunks.
final class Chunks extends InputStream {
  private static final int LINE = 4096;

  private final InputStream in;
  private long left;
  private boolean begun;
  private boolean ended;

  Chunks(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      next();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new IOException("its answer ends in the middle");
    }
    left -= count;
    return count;
  }

  private void next() throws IOException {
    if (begun && !Answer.line(in, new int[] {LINE}).isEmpty()) {
      throw new IOException("its chunks do not fit");
    }
    begun = true;
    String size = Answer.line(in, new int[] {LINE});
    int extension = size.indexOf(';');
    String digits = (extension < 0 ? size : size.substring(0, extension)).strip();
    if (!digits.matches("[0-9A-Fa-f]{1,12}")) {
      throw new IOException("its chunks do not fit");
    }
    left = Long.parseLong(digits, 16);
    if (left == 0) {
      int[] bound = {LINE};
      while (!Answer.line(in, bound).isEmpty()) {
        // Trailers say nothing a browser needs.
      }
      ended = true;
    }
  }
}
