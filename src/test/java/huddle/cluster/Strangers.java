package huddle.cluster;

import huddle.lab.LabHost;
import huddle.ssh.Output;
import java.time.Duration;

/// Somebody without a credential: a login of a host that has nothing to do with the cluster, who
/// sends bytes to a port and reads what comes back.
///
/// @param target the host whose doors are tried
record Strangers(String target) {
  private static final String LOGIN = "mallory";

  /// Prints the answer with what is not text as dots, or why there is none.
  @SuppressWarnings("InlineFormatString") // A program reads better where it is whole.
  private static final String SEND =
      """
      python3 - <<'PYTHON'
      import socket, struct
      def request(line, body):
          head = "%s HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\nContent-Length: %d\\r\\n\\r\\n" % (line, len(body))
          return (head + body).encode()
      def rpc(data):
          return struct.pack(">qbqi", 21 + len(data), 3, 1, len(data)) + data
      def file(name):
          return struct.pack(">qbi", 13 + len(name), 6, len(name)) + name
      def sasl(status, words):
          return struct.pack(">bi", status, len(words)) + words
      def thrift(password):
          return sasl(1, b"PLAIN") + sasl(2, b"\\0mallory\\0" + password)
      def frame(kind, flags, stream, body):
          return struct.pack(">I", len(body))[1:] + struct.pack(">bbi", kind, flags, stream) + body
      def header(name, value):
          return bytes([0, len(name)]) + name + bytes([len(value)]) + value
      def connect():
          headers = b"\\x83\\x86" + header(b":path", b"/spark.connect.SparkConnectService/Config")
          headers += header(b":authority", b"localhost") + header(b"content-type", b"application/grpc") + header(b"te", b"trailers")
          session = b"00000000-0000-4000-8000-000000000000"
          message = b"\\x0a" + bytes([len(session)]) + session + b"\\x1a\\x02\\x2a\\x00"
          call = frame(1, 4, 1, headers) + frame(0, 1, 1, struct.pack(">bi", 0, len(message)) + message)
          return b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + frame(4, 0, 0, b"") + call
      try:
          s = socket.create_connection(("@ADDRESS@", @PORT@), 5)
          s.settimeout(5)
          s.sendall(@BYTES@)
          answer = b""
          try:
              while len(answer) < 65536:
                  more = s.recv(4096)
                  if not more: break
                  answer += more
          except socket.timeout:
              pass
          print("ANSWER", "".join(chr(c) if 32 <= c < 127 else "." for c in answer))
      except OSError as e:
          print("NONE", e.strerror or e)
      PYTHON
      """;

  /// A request of HTTP.
  String http(String line, String body) {
    String quoted = body.replace("\\", "\\\\").replace("'", "\\'");
    return "request('%s HTTP/1.1'.replace(' HTTP/1.1', ''), '%s')".formatted(line, quoted);
  }

  /// A message to a Spark endpoint.
  String rpc() {
    return "rpc(b'hello')";
  }

  /// The request for a file that a driver hands out.
  String file(String name) {
    return "file(b'%s')".formatted(name);
  }

  /// A login to the thrift server with a password.
  String thrift(String password) {
    return "thrift(b'%s')".formatted(password);
  }

  /// A call to the Connect server without a token: its settings.
  String connect() {
    return "connect()";
  }

  /// Sends it from a host to the target's address in the network.
  String at(LabHost from, String bytes, int port) {
    return send(from, target, bytes, port);
  }

  /// Sends it to the loopback of a host, as another login there.
  String onLoopback(LabHost on, String bytes, int port) {
    return send(on, "127.0.0.1", bytes, port);
  }

  private static String send(LabHost from, String address, String bytes, int port) {
    Output output =
        from.exec(
            LOGIN,
            SEND.replace("@ADDRESS@", address)
                .replace("@PORT@", String.valueOf(port))
                .replace("@BYTES@", bytes),
            Duration.ofSeconds(60));
    if (output.stdout().isBlank()) {
      throw new AssertionError("the stranger could not even try: " + output.stderr());
    }
    return output.stdout();
  }
}
