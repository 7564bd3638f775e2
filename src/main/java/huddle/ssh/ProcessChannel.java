package huddle.ssh;

import huddle.event.Printable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A TCP connection whose two directions are the standard output and input of `ssh -W`. Whether it
/// was refused is known only once ssh has ended, so the first read says so.
record ProcessChannel(Process process, InputStream in, OutputStream out)
    implements Connection.Channel {
  ProcessChannel(Process process, String host, String address) {
    this(
        process,
        new Answer(process, "%s: %s cannot be reached from there".formatted(host, address)),
        process.getOutputStream());
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // The other side has closed already.
    }
    process.destroy();
  }

  private static final class Answer extends FilterInputStream {
    private final Process process;
    private final String refused;
    private boolean answered;

    Answer(Process process, String refused) {
      super(process.getInputStream());
      this.process = process;
      this.refused = refused;
    }

    @Override
    public int read() throws IOException {
      return checked(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return checked(in.read(bytes, offset, length));
    }

    private int checked(int result) throws IOException {
      if (result < 0 && !answered && refused()) {
        String stderr =
            new String(process.getErrorStream().readNBytes(4096), StandardCharsets.UTF_8);
        throw new IOException(refused + ": " + Printable.line(stderr));
      }
      answered |= result >= 0;
      return result;
    }

    private boolean refused() {
      try {
        return process.waitFor() != 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
