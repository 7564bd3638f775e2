package huddle.tunnel;

import huddle.ssh.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// Moves bytes both ways between a socket of the operator's machine and a channel to a host, until
/// both directions have ended. Each direction holds one buffer and reads on only once that is
/// written: whoever is slow slows down the other side.
public final class Pump {
  private static final int BUFFER = 64 << 10;

  private Pump() {}

  /// Returns when both directions have ended; closes neither.
  ///
  /// @throws IOException what the channel said when it was read or written first
  public static void join(Socket socket, Connection.Channel channel)
      throws IOException, InterruptedException {
    Thread outward =
        Thread.ofVirtual()
            .start(() -> {
              try {
                move(socket.getInputStream(), channel.out());
                channel.out().close();
              } catch (IOException e) {
                // Nobody takes what is sent any more; the other direction hears of it as well.
                channel.close();
              }
            });
    try {
      move(channel.in(), socket.getOutputStream());
      socket.shutdownOutput();
    } finally {
      if (socket.isClosed() || Thread.currentThread().isInterrupted()) {
        channel.close();
      }
    }
    outward.join();
  }

  private static void move(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
