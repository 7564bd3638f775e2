package huddle.submit;

import huddle.spark.DriverStart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// What is below `/api/v1` on a driver's page, asked only once the driver has started it.
final class DriverApi {
  /// A page that takes longer, or is none of those known, is asked all the same.
  private static final Duration START = Duration.ofSeconds(60);

  private static final int REFUSALS = 40;

  private final IntFunction<Page> pages;
  private final InstantSource clock;
  private Optional<Page> page = Optional.empty();
  private Instant since = Instant.EPOCH;
  private boolean started;
  private int refused;

  /// @param pages opens the page at a port
  DriverApi(IntFunction<Page> pages, InstantSource clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /// Whether it can be asked; a page that said so once is believed.
  boolean isOpen(int port) {
    if (page.filter(known -> known.port() == port).isEmpty()) {
      open(port);
      since = clock.instant();
      started = false;
    }
    if (!started) {
      OptionalInt status = page.map(known -> known.status(DriverStart.LAST)).orElseThrow();
      started =
          (status.isPresent() && DriverStart.isOver(status.getAsInt()))
              || !clock.instant().isBefore(since.plus(START));
      count(started, port);
    }
    return started;
  }

  /// The answer's text; empty also while it cannot be asked.
  Optional<String> get(int port, String path) {
    if (!isOpen(port)) {
      return Optional.empty();
    }
    Optional<String> answer = page.flatMap(known -> known.get(path));
    count(answer.isPresent(), port);
    return answer;
  }

  /// What opens the page is fetched once, and again now and then while it does not open.
  private void count(boolean answered, int port) {
    refused = answered ? 0 : refused + 1;
    if (refused == REFUSALS) {
      open(port);
    }
  }

  private void open(int port) {
    page = Optional.of(pages.apply(port));
    refused = 0;
  }
}
