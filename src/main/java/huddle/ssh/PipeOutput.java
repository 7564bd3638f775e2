package huddle.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A process's standard input that knows whether it broke, which tells a script that stopped
/// reading from an input that cannot be read.
final class PipeOutput extends FilterOutputStream {
  private boolean broken;

  PipeOutput(OutputStream out) {
    super(out);
  }

  boolean broken() {
    return broken;
  }

  @Override
  public void write(int b) throws IOException {
    guard(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    guard(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    guard(out::flush);
  }

  private void guard(Action action) throws IOException {
    try {
      action.run();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
