package huddle.ssh;

import huddle.shell.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// One host, reachable. Scripts run under POSIX sh whatever the login shell is and whatever
/// `.bashrc` prints. Safe for use by several threads. Every method throws [huddle.event.Failure],
/// naming the host, if the host cannot be reached, refuses, or does not answer within the bound.
public interface Connection extends AutoCloseable {
  /// The host's name as written in the file.
  String host();

  /// Runs a script to its end with empty standard input. A non-zero exit of the script is no
  /// failure of the connection.
  ///
  /// @param bound after which the script is given up and a failure says what was waited for
  default Output run(Script script, Duration bound) {
    return run(script, Bytes.NONE, bound);
  }

  /// Runs a script that reads its input from standard input.
  Output run(Script script, Bytes input, Duration bound);

  /// Starts a script whose streams the caller moves: nothing is buffered, nothing bounds it.
  Session start(Script script);

  /// Opens a TCP connection from the host to an address the host can reach, such as its own
  /// loopback.
  ///
  /// That nothing answers there may be known only with the first read or write, which then throws.
  Channel dial(String address, int port);

  /// Connects to a Unix socket on the host, as the login may.
  ///
  /// @param path absolute
  Channel dialSocket(String path);

  @Override
  void close();

  /// Bytes that go to a script's standard input.
  @FunctionalInterface
  interface Bytes {
    /// No input.
    Bytes NONE = out -> {};

    /// Writes all of them; does not close the stream.
    void writeTo(OutputStream out) throws IOException;
  }

  /// A running script. Closing it closes the script's standard input, then ends the local side.
  interface Session extends AutoCloseable {
    /// To the script's standard input. Closing it is how a script is told to end.
    OutputStream stdin();

    /// The script's standard output, from its first own byte.
    InputStream stdout();

    /// The script's standard error (with ssh's own messages).
    InputStream stderr();

    /// Waits for the end; 255 if the connection broke.
    int exit() throws InterruptedException;

    @Override
    void close();
  }

  /// Two directions of bytes.
  interface Channel extends AutoCloseable {
    /// Over a socket of this machine that is connected: its end is the other side's wish.
    static Channel of(SocketChannel socket) {
      return new Dialed(socket, Dialed.Refusal.NONE);
    }

    InputStream in();

    /// Unbuffered. Closing it tells the other side that no more comes; reading goes on.
    OutputStream out();

    @Override
    void close();
  }
}
