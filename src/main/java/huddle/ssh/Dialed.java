package huddle.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection over a socket of the operator's machine, TCP or Unix.
///
/// A forward accepts before the host has connected to anything: that it was refused shows only by
/// its end before the first byte, and why is to be found out then.
final class Dialed implements Connection.Channel {
  private final SocketChannel socket;
  private final InputStream in;
  private final OutputStream out;
  private final Refusal refusal;
  private volatile boolean answered;

  /// Finds out why a connection ended before its first byte.
  @FunctionalInterface
  interface Refusal {
    /// For a socket that was connected to directly: its end is the other side's wish.
    Refusal NONE = Optional::empty;

    /// Empty if it was not refused.
    Optional<String> why();
  }

  Dialed(SocketChannel socket, Refusal refusal) {
    this.socket = socket;
    this.refusal = refusal;
    this.in = new Answer();
    this.out = new Question();
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }

  private void checkRefused(@Nullable IOException cause) throws IOException {
    Optional<String> why = answered || !socket.isOpen() ? Optional.empty() : refusal.why();
    answered = true;
    if (why.isPresent()) {
      throw new IOException(why.get(), cause);
    }
  }

  private final class Answer extends FilterInputStream {
    Answer() {
      super(Channels.newInputStream(socket));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count;
      try {
        count = in.read(bytes, offset, length);
      } catch (IOException e) {
        checkRefused(e);
        throw e;
      }
      if (count < 0) {
        checkRefused(null);
      }
      answered |= count > 0;
      return count;
    }

    @Override
    public void close() {
      Dialed.this.close();
    }
  }

  private final class Question extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (buffer.hasRemaining()) {
          socket.write(buffer);
        }
      } catch (IOException e) {
        checkRefused(e);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (socket.isOpen()) {
        socket.shutdownOutput();
      }
    }
  }
}
