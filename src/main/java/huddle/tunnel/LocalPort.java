package huddle.tunnel;

import huddle.event.Failure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Listens on the operator's machine: on 127.0.0.1, and never beyond.
public final class LocalPort {
  private static final int BACKLOG = 128;

  private LocalPort() {}

  /// @param port 0 for a free one
  /// @throws Failure if the port is taken, or only root may listen on it
  public static ServerSocket listen(int port) {
    try {
      // The literal address: "localhost" may be another one first.
      return new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw refused(port, e);
    }
  }

  /// Why a port cannot be listened on.
  public static Failure refused(int port, IOException e) {
    String said = String.valueOf(e.getMessage());
    if (!(e instanceof BindException)) {
      return Failure.of("no port of this machine can be listened on: " + said, "");
    }
    return Failure.of(
        said.contains("ermission")
            ? "port %d of this machine is for root only".formatted(port)
            : "port %d of this machine is taken by another program".formatted(port),
        "name another one with --port, or none for one that is free");
  }
}
