package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventViewsTest {
  private final List<String> ticking = new ArrayList<>();

  private final Ticker ticker =
      (every, tick) -> {
        ticking.add("started " + every);
        return () -> ticking.add("closed");
      };

  @Test
  void theViewFollowsTheFlagsAndTheTerminal() {
    assertThat(view(FakeTerminal.tty(80, 24), false, false)).isInstanceOf(LiveEvents.class);
    assertThat(view(FakeTerminal.pipe(), false, false)).isInstanceOf(PlainEvents.class);
    assertThat(view(FakeTerminal.tty(80, 24).with("TERM", "dumb"), false, false))
        .isInstanceOf(PlainEvents.class);
    assertThat(view(FakeTerminal.tty(80, 24), true, true)).isInstanceOf(JsonEvents.class);
    assertThat(view(FakeTerminal.tty(80, 24), false, true)).isInstanceOf(QuietEvents.class);
  }

  @Test
  void closingEndsTheTicks() {
    EventView live = view(FakeTerminal.tty(80, 24), false, false);
    live.close();
    live.close();
    assertThat(ticking).containsExactly("started " + Duration.ofMillis(100), "closed");
  }

  private EventView view(FakeTerminal fake, boolean json, boolean quiet) {
    return EventViews.choose(
        fake.open(),
        new EventViews.Options(json, quiet, false, List.of()),
        new FakeClock(),
        ticker);
  }
}
