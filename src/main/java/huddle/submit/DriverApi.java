package huddle.submit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntFunction;

/// What is below `/api/v1` on a driver's page, asked only once the driver has started. Spark binds
/// the page's port early and attaches what answers there one after the other, each before it is
/// started: whoever asks anything of it in between makes the driver print a stack trace.
final class DriverApi {
  /// A driver that has not said by then that it has started is asked all the same.
  private static final Duration START = Duration.ofSeconds(60);

  private static final int REFUSALS = 40;

  private final IntFunction<Page> pages;
  private final InstantSource clock;
  private Optional<Page> page = Optional.empty();
  private Instant since = Instant.EPOCH;
  private int refused;

  /// @param pages opens the page at a port
  DriverApi(IntFunction<Page> pages, InstantSource clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /// Whether the page can be asked.
  ///
  /// @param started whether the driver said that it has started
  boolean isOpen(int port, boolean started) {
    if (page.filter(known -> known.port() == port).isEmpty()) {
      open(port);
      since = clock.instant();
    }
    return started || !clock.instant().isBefore(since.plus(START));
  }

  /// The answer's text; empty also while it cannot be asked.
  Optional<String> get(int port, boolean started, String path) {
    if (!isOpen(port, started)) {
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
