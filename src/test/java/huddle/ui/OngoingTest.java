package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OngoingTest {
  private final Ongoing ongoing = new Ongoing();

  @Test
  void severalOfOneKindEndOneByOne() {
    take(new Event.ChangeStarted("a", "file", "write x"));
    take(new Event.ChangeStarted("a", "file", "write y"));
    assertThat(ongoing.on("a"))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.now()).isEqualTo("write y");
          assertThat(change.times()).isEqualTo(2);
        });
    take(new Event.ChangeDone("a", "file", "write x", Duration.ZERO));
    assertThat(ongoing.all()).hasSize(1);
    take(new Event.ChangeDone("a", "file", "write y", Duration.ZERO));
    assertThat(ongoing.all()).isEmpty();
  }

  @Test
  void aFailedHostRunsNothingButAFailedChangeEndsOnlyItself() {
    take(new Event.ChangeStarted("a", "spark", "install Spark"));
    take(new Event.ChangeStarted("a", "java", "install Java"));
    take(new Event.ChangeStarted("b", "java", "install Java"));
    take(new Event.Failed("a", "java", "no room", ""));
    take(new Event.Failed("a", "conf", "no room", ""));
    assertThat(ongoing.on("a")).hasSize(1);
    take(new Event.Failed("a", "", "the connection broke", ""));
    assertThat(ongoing.on("a")).isEmpty();
    assertThat(ongoing.on("b")).hasSize(1);
  }

  @Test
  void progressOfWhatDoesNotRunIsIgnored() {
    take(new Event.ChangeProgress("a", "spark", "copying", 1, 2));
    assertThat(ongoing.all()).isEmpty();
  }

  private void take(Event event) {
    ongoing.take(event, Instant.EPOCH);
  }
}
