package huddle.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Tells how much of a file has been read.
final class CountedInput extends FilterInputStream {
  private static final long REPORT_EVERY = 1 << 23;

  private final String text;
  private final long total;
  private final Progress progress;
  private long done;

  CountedInput(InputStream in, String text, long total, Progress progress) {
    super(in);
    this.text = text;
    this.total = total;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    count(n);
    return n;
  }

  private void count(int n) {
    if (n > 0 && (done / REPORT_EVERY != (done + n) / REPORT_EVERY || done + n == total)) {
      progress.at(text, done + n, total);
    }
    done += Math.max(n, 0);
  }
}
