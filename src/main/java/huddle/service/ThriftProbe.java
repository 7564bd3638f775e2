package huddle.service;

import huddle.event.Failure;
import huddle.ssh.Connection;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Whether a thrift server lets this user and token in: logs in as a JDBC client does, with SASL's
/// PLAIN in thrift's frames.
///
/// @param user any; `token` what counts
public record ThriftProbe(String user, String token) implements Probe {
  private static final int START = 1;
  private static final int OK = 2;
  private static final int COMPLETE = 5;

  @Override
  public void ask(Connection.Channel channel, String host) throws IOException {
    frame(channel.out(), START, "PLAIN");
    frame(channel.out(), OK, "\0" + user + "\0" + token);
    int status = new DataInputStream(channel.in()).readUnsignedByte();
    if (status != COMPLETE) {
      throw Failure.on(
          host,
          "the thrift server does not take its own token",
          "see `huddle logs thrift`, and `huddle restart`");
    }
  }

  private static void frame(OutputStream to, int status, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.writeByte(status);
    data.writeInt(payload.length);
    data.write(payload);
    to.write(frame.toByteArray());
    to.flush();
  }

  @Override
  public String toString() {
    return "ThriftProbe[" + user + "]";
  }
}
