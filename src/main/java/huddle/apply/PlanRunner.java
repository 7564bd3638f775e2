package huddle.apply;

import huddle.change.Action;
import huddle.change.Change;
import huddle.event.Event;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.plan.Order;
import huddle.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Carries a plan out: a virtual thread for each change, every one waiting for those it builds on;
/// a failure ends its host's sequence and what needs it, never the others.
public final class PlanRunner {
  /// Changes under way at once, over all hosts: sending to more does not make a link faster.
  private static final int WIDTH = 32;

  private final ActionRunner actions;
  private final Events events;

  public PlanRunner(Hosts hosts, Payloads payloads, Supplier<ClusterSecret> secret, Events events) {
    this.actions = new ActionRunner(hosts, payloads, secret, events);
    this.events = events;
  }

  /// Runs all changes; returns every failure. Interrupting the calling thread interrupts the
  /// changes under way.
  public List<Failure> run(Plan plan) throws InterruptedException {
    List<Change> changes = plan.changes();
    List<Order.Waits> waits = Order.waits(changes);
    List<CompletableFuture<End>> ends = new ArrayList<>();
    changes.forEach(change -> ends.add(new CompletableFuture<>()));
    Semaphore width = new Semaphore(WIDTH);
    List<Failure> failures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < changes.size(); i++) {
        int index = i;
        running.add(
            threads.submit(() ->
                ends.get(index).complete(end(changes, waits.get(index), ends, index, width))));
      }
      try {
        for (Future<?> one : running) {
          one.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new IllegalStateException(e.getCause());
      }
    }
    for (int i = 0; i < changes.size(); i++) {
      if (ends.get(i).join() instanceof End.Broken broken) {
        failures.add(broken.why());
      }
    }
    return failures;
  }

  /// How a change ended.
  private sealed interface End {
    record Done() implements End {}

    record Broken(Failure why) implements End {}

    /// Not tried, because what it needs did not succeed; that has its own failure.
    record Skipped() implements End {}
  }

  private End end(
      List<Change> changes,
      Order.Waits waits,
      List<CompletableFuture<End>> ends,
      int index,
      Semaphore width)
      throws InterruptedException {
    Change change = changes.get(index);
    try {
      for (int after : waits.after()) {
        ends.get(after).get();
      }
      for (int need : waits.needs()) {
        if (!(ends.get(need).get() instanceof End.Done)) {
          Change needed = changes.get(need);
          events.report(
              new Event.Skipped(
                  change.host(),
                  change.kind(),
                  change.summary(),
                  needed.summary() + " failed on " + needed.host()));
          return new End.Skipped();
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    width.acquire();
    try {
      return carryOut(change);
    } finally {
      width.release();
    }
  }

  private End carryOut(Change change) throws InterruptedException {
    long started = System.nanoTime();
    events.report(new Event.ChangeStarted(change.host(), change.kind(), change.summary()));
    String done = change.summary();
    try {
      for (Action action : change.actions()) {
        done = actions.run(change, action).orElse(done);
      }
    } catch (Failure failure) {
      // Whoever pressed Ctrl-C need not be told that something was interrupted.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      events.report(
          new Event.Failed(change.host(), change.kind(), failure.what(), failure.remedy()));
      return new End.Broken(
          failure.host().isPresent()
              ? failure
              : new Failure(change.host(), failure.what(), failure.remedy(), failure.detail()));
    }
    events.report(
        new Event.ChangeDone(
            change.host(), change.kind(), done, Duration.ofNanos(System.nanoTime() - started)));
    return new End.Done();
  }
}
