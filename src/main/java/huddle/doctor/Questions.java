package huddle.doctor;

import huddle.event.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What is asked at a door without a credential, a protocol each, and what the reply means. Pure.
enum Questions {
  /// A page.
  HTTP {
    @Override
    byte[] ask() {
      return "GET / HTTP/1.0\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    Optional<Answer> read(byte[] reply) {
      String text = new String(reply, StandardCharsets.ISO_8859_1);
      if (!text.startsWith("HTTP/") || text.length() < 12) {
        return Optional.empty();
      }
      String status = Printable.line(text.lines().findFirst().orElse(""));
      boolean login =
          text.lines()
              .takeWhile(line -> !line.isBlank())
              .anyMatch(line -> line.matches("(?i)location:[^?]*/login(\\?.*)?"));
      boolean refused = status.matches("HTTP/[0-9.]+ (401|403)\\b.*") || login;
      return Optional.of(
          new Answer(
              refused ? Answer.Kind.REFUSES : Answer.Kind.ANSWERS,
              login ? status + ", to a login" : status));
    }
  },

  /// A message to a Spark endpoint, from one who has not proven to know the secret.
  SPARK_RPC {
    @Override
    byte[] ask() {
      byte[] body = "huddle doctor".getBytes(StandardCharsets.US_ASCII);
      // Length of the frame, kind 3 (a request), its number, length of the body.
      return ByteBuffer.allocate(21 + body.length)
          .putLong(21 + body.length)
          .put((byte) 3)
          .putLong(1)
          .putInt(body.length)
          .put(body)
          .array();
    }

    @Override
    Optional<Answer> read(byte[] reply) {
      if (reply.length < 21 || ByteBuffer.wrap(reply).getLong() > 1 << 20) {
        return Optional.empty();
      }
      byte kind = reply[8];
      if (kind == 4) {
        return Optional.of(new Answer(Answer.Kind.ANSWERS, "Spark takes messages of anybody"));
      }
      if (kind != 5) {
        return Optional.empty();
      }
      String why =
          new String(reply, 21, Math.min(reply.length, 400) - 21, StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .orElse("");
      boolean refused =
          List.of("challenge", "Unauthenticated", "Sasl", "SecurityException").stream()
              .anyMatch(why::contains);
      return Optional.of(
          refused
              ? new Answer(Answer.Kind.REFUSES, "Spark wants the secret")
              : new Answer(
                  Answer.Kind.ANSWERS, "Spark reads messages of anybody: " + Printable.line(why)));
    }
  },

  /// A call to a Spark Connect server without a token: its settings.
  CONNECT {
    @Override
    byte[] ask() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      frame(out, 4, 0, 0, new byte[] {});
      ByteArrayOutputStream headers = new ByteArrayOutputStream();
      // By their numbers in HPACK's table: POST, http.
      headers.write(0x83);
      headers.write(0x86);
      header(headers, ":path", "/spark.connect.SparkConnectService/Config");
      header(headers, ":authority", "localhost");
      header(headers, "content-type", "application/grpc");
      header(headers, "te", "trailers");
      frame(out, 1, 4, 1, headers.toByteArray());
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      byte[] session = "00000000-0000-4000-8000-000000000000".getBytes(StandardCharsets.US_ASCII);
      message.write(0x0a);
      message.write(session.length);
      message.writeBytes(session);
      // The operation: all settings.
      message.writeBytes(new byte[] {0x1a, 0x02, 0x2a, 0x00});
      byte[] body =
          ByteBuffer.allocate(5 + message.size())
              .put((byte) 0)
              .putInt(message.size())
              .put(message.toByteArray())
              .array();
      frame(out, 0, 1, 1, body);
      return out.toByteArray();
    }

    @Override
    Optional<Answer> read(byte[] reply) {
      boolean http2 = false;
      ByteBuffer in = ByteBuffer.wrap(reply);
      while (in.remaining() >= 9) {
        int length = ((in.get() & 0xff) << 16) | (in.getShort() & 0xffff);
        int kind = in.get();
        int flags = in.get();
        int stream = in.getInt() & 0x7fffffff;
        if (length > in.remaining() || kind < 0 || kind > 9) {
          break;
        }
        http2 = true;
        in.position(in.position() + length);
        if (stream == 1 && kind == 0 && length > 5) {
          return Optional.of(new Answer(Answer.Kind.ANSWERS, "Spark Connect sends its settings"));
        }
        if (stream == 1 && kind == 1 && (flags & 1) != 0) {
          return Optional.of(new Answer(Answer.Kind.REFUSES, "Spark Connect wants a token"));
        }
      }
      return http2
          ? Optional.of(new Answer(Answer.Kind.SILENT, "gRPC without an end"))
          : Optional.empty();
    }
  },

  /// A login to a thrift server as nobody.
  THRIFT {
    @Override
    byte[] ask() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      sasl(out, 1, "PLAIN");
      sasl(out, 2, "\0nobody\0huddle doctor");
      return out.toByteArray();
    }

    @Override
    Optional<Answer> read(byte[] reply) {
      if (reply.length < 5 || ByteBuffer.wrap(reply, 1, 4).getInt() > 1 << 16) {
        return Optional.empty();
      }
      return switch (reply[0]) {
        case 5 -> Optional.of(new Answer(Answer.Kind.ANSWERS, "thrift lets anybody in"));
        case 3, 4 -> Optional.of(new Answer(Answer.Kind.REFUSES, "thrift wants a login"));
        default -> Optional.empty();
      };
    }
  },

  /// Anything at all, to a gateway between Python and a JVM.
  PY4J {
    @Override
    byte[] ask() {
      return "r\nu\nSystem\nrj\ne\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    Optional<Answer> read(byte[] reply) {
      if (reply.length < 2 || reply[0] != '!') {
        return Optional.empty();
      }
      return Optional.of(
          reply[1] == 'y'
              ? new Answer(Answer.Kind.ANSWERS, "py4j takes commands of anybody")
              : new Answer(Answer.Kind.REFUSES, "py4j wants its token"));
    }
  };

  /// The bytes that are sent.
  abstract byte[] ask();

  /// What the reply means; empty if it is none of this protocol.
  abstract Optional<Answer> read(byte[] reply);

  private static void frame(
      ByteArrayOutputStream out, int kind, int flags, int stream, byte[] payload) {
    out.writeBytes(
        ByteBuffer.allocate(9)
            .put((byte) (payload.length >> 16))
            .putShort((short) payload.length)
            .put((byte) kind)
            .put((byte) flags)
            .putInt(stream)
            .array());
    out.writeBytes(payload);
  }

  /// A header as it stands, without HPACK's tables.
  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    for (String text : List.of(name, value)) {
      out.write(text.length());
      out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void sasl(ByteArrayOutputStream out, int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(
        ByteBuffer.allocate(5 + bytes.length)
            .put((byte) status)
            .putInt(bytes.length)
            .put(bytes)
            .array());
  }
}
