package huddle.service;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whether a Spark Connect server answers: it speaks HTTP/2, and says so first.
public final class ConnectProbe implements Probe {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// No length, kind SETTINGS, no flags, the connection itself.
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private static final int KIND = 3;

  @Override
  public void ask(Connection.Channel channel, String host) throws IOException {
    channel.out().write(PREFACE);
    channel.out().write(SETTINGS);
    channel.out().flush();
    byte[] head = channel.in().readNBytes(SETTINGS.length);
    if (head.length < SETTINGS.length || head[KIND] != SETTINGS[KIND]) {
      throw Failure.on(
          host,
          "what listens at the Connect server's port is none",
          "see `huddle logs connect`, and `huddle restart`");
    }
  }
}
