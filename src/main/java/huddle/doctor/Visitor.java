package huddle.doctor;

import huddle.event.Failure;
import huddle.event.Printable;
import huddle.ssh.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Someone without a credential who tries doors, each question over a connection of its own.
final class Visitor {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 16 * 1024;

  private final Way way;

  Visitor(Way way) {
    this.way = way;
  }

  /// How an address is reached from where the visitor stands.
  @FunctionalInterface
  interface Way {
    /// @throws IOException if nothing can be reached there
    Connection.Channel to(String address, int port) throws IOException;
  }

  /// What the door at this address says: to the first question that it understands.
  Answer knock(String address, int port) throws InterruptedException {
    Answer last = new Answer(Answer.Kind.CLOSED, "");
    for (Questions question : Questions.values()) {
      Reply reply = reply(address, port, question.ask());
      if (!reply.open) {
        return new Answer(Answer.Kind.CLOSED, reply.why);
      }
      Optional<Answer> answer = question.read(reply.bytes);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (reply.bytes.length > 0) {
        last = new Answer(Answer.Kind.OTHER, "a protocol of its own");
      } else if (last.kind() == Answer.Kind.CLOSED) {
        last = new Answer(Answer.Kind.SILENT, "says nothing");
      }
    }
    return last;
  }

  /// What came back, or why nothing can be reached.
  private static final class Reply {
    private final boolean open;
    private final byte[] bytes;
    private final String why;

    Reply(boolean open, byte[] bytes, String why) {
      this.open = open;
      this.bytes = bytes;
      this.why = why;
    }
  }

  private Reply reply(String address, int port, byte[] question) throws InterruptedException {
    CompletableFuture<Reply> end = new CompletableFuture<>();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    Thread asking =
        Thread.ofVirtual().start(() -> end.complete(ask(address, port, question, read)));
    try {
      return end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Many protocols leave the line open once they have answered.
      asking.interrupt();
      synchronized (read) {
        return new Reply(true, read.toByteArray(), "");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Reply ask(String address, int port, byte[] question, ByteArrayOutputStream read) {
    boolean open = false;
    try (Connection.Channel line = way.to(address, port)) {
      line.out().write(question);
      line.out().flush();
      byte[] buffer = new byte[4096];
      for (int n = line.in().read(buffer); n >= 0; n = line.in().read(buffer)) {
        open = true;
        synchronized (read) {
          read.write(buffer, 0, n);
          if (read.size() >= MOST) {
            break;
          }
        }
      }
      open = true;
    } catch (IOException | Failure e) {
      if (!open) {
        return new Reply(false, new byte[] {}, Printable.line(String.valueOf(e.getMessage())));
      }
    }
    synchronized (read) {
      return new Reply(true, read.toByteArray(), "");
    }
  }
}
