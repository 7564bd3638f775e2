package huddle.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Does the same for many hosts at once.
public final class SideBySide {
  private SideBySide() {}

  /// One virtual thread an element; waits for all. Interrupting the caller interrupts them.
  ///
  /// @throws RuntimeException the first that the work threw, after all have ended
  public static <T> void run(List<T> elements, Consumer<T> work) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      elements.forEach(element -> running.add(threads.submit(() -> work.accept(element))));
      try {
        for (Future<?> one : running) {
          one.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      }
    }
  }
}
