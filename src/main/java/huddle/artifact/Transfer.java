package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// One answer on its way: hands its bytes on, knows when a worthwhile amount last arrived, and
/// takes nothing more once it is stopped.
final class Transfer {
  // A server that drips single bytes counts as silent.
  private static final int WORTHWHILE = 1 << 12;

  private volatile long last = System.nanoTime();
  private int sinceLast;
  private boolean stopped;
  private @Nullable Exception refusal;

  long nanosSinceLast() {
    return System.nanoTime() - last;
  }

  /// Throws what the receiving side refused the body with, if it did.
  synchronized void rethrow() throws IOException {
    switch (refusal) {
      case Failure failure -> throw failure;
      case IOException io -> throw io;
      case null, default -> {}
    }
  }

  /// When this returns, no byte is being taken and none will be.
  synchronized void stop() {
    stopped = true;
  }

  BodySubscriber<Http.Answer> subscriber(Http.Answer answer, Http.Receiver receiver) {
    last = System.nanoTime();
    try {
      return new Receiving(answer, receiver.receive(answer));
    } catch (IOException | Failure e) {
      refuse(e);
      return new Receiving(answer, Body.NONE);
    }
  }

  private synchronized void refuse(Exception why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  private synchronized boolean isRefused() {
    return refusal != null;
  }

  private synchronized boolean take(List<ByteBuffer> buffers, Body body) throws IOException {
    if (stopped) {
      return false;
    }
    for (ByteBuffer buffer : buffers) {
      sinceLast += buffer.remaining();
      body.take(buffer);
    }
    if (sinceLast >= WORTHWHILE) {
      sinceLast = 0;
      last = System.nanoTime();
    }
    return true;
  }

  private final class Receiving implements BodySubscriber<Http.Answer> {
    private final Http.Answer answer;
    private final Body body;
    private final CompletableFuture<Http.Answer> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Receiving(Http.Answer answer, Body body) {
      this.answer = answer;
      this.body = body;
    }

    @Override
    public CompletionStage<Http.Answer> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (isRefused()) {
        end(new IOException("refused"));
      } else {
        given.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        if (take(buffers, body) && subscription != null) {
          subscription.request(1);
        }
      } catch (IOException | Failure e) {
        refuse(e);
        end(e);
      }
    }

    private void end(Exception why) {
      if (subscription != null) {
        subscription.cancel();
      }
      done.completeExceptionally(why);
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      done.complete(answer);
    }
  }
}
