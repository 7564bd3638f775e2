package huddle.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that passes when told to.
final class FakeClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-23T19:13:05Z");

  @Override
  public Instant instant() {
    return now;
  }

  FakeClock pass(double seconds) {
    now = now.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    return this;
  }
}
