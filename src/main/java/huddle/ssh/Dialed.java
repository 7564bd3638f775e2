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
record Dialed(SocketChannel socket, InputStream in, OutputStream out)
    implements Connection.Channel {

  /// Finds out why a connection ended before its first byte.
  @FunctionalInterface
  interface Refusal {
    /// For a socket that was connected to directly: its end is the other side's wish.
    Refusal NONE = Optional::empty;

    /// Empty if it was not refused.
    Optional<String> why();
  }

  Dialed(SocketChannel socket, Refusal refusal) {
    this(socket, new FirstByte(socket, refusal));
  }

  private Dialed(SocketChannel socket, FirstByte first) {
    this(socket, new Answer(socket, first), new Question(socket, first));
  }

  @Override
  public void close() {
    close(socket);
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }

  /// Whether the other side has answered; until then, a failure may be a refusal.
  private static final class FirstByte {
    private final SocketChannel socket;
    private final Refusal refusal;
    private volatile boolean answered;

    FirstByte(SocketChannel socket, Refusal refusal) {
      this.socket = socket;
      this.refusal = refusal;
    }

    void came() {
      answered = true;
    }

    void checkRefused(@Nullable IOException cause) throws IOException {
      Optional<String> why = answered || !socket.isOpen() ? Optional.empty() : refusal.why();
      answered = true;
      if (why.isPresent()) {
        throw new IOException(why.get(), cause);
      }
    }
  }

  private static final class Answer extends FilterInputStream {
    private final SocketChannel socket;
    private final FirstByte first;

    Answer(SocketChannel socket, FirstByte first) {
      super(Channels.newInputStream(socket));
      this.socket = socket;
      this.first = first;
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
        first.checkRefused(e);
        throw e;
      }
      if (count < 0) {
        first.checkRefused(null);
      }
      if (count > 0) {
        first.came();
      }
      return count;
    }

    @Override
    public void close() {
      Dialed.close(socket);
    }
  }

  private static final class Question extends OutputStream {
    private final SocketChannel socket;
    private final FirstByte first;

    Question(SocketChannel socket, FirstByte first) {
      this.socket = socket;
      this.first = first;
    }

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
        first.checkRefused(e);
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
