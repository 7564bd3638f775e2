package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HintsTest {
  private static final Hints HINTS =
      new Hints(
          List.of(
              new Hints.Hint("huddle status", "every host and what runs on it"),
              new Hints.Hint("huddle submit job.py", "runs a job on the cluster"),
              new Hints.Hint("huddle stop", "stops it"),
              new Hints.Hint("huddle destroy", "is one too many")));

  @Test
  void threeCommandsAtMost() {
    assertThat(HINTS.render(Style.PLAIN, 80))
        .isEqualTo(
            """
            next:
              huddle status         every host and what runs on it
              huddle submit job.py  runs a job on the cluster
              huddle stop           stops it
            """);
    assertThat(new Hints(List.of()).render(Style.PLAIN, 80)).isEmpty();
  }

  @Test
  void commandsAreNeverCut() {
    assertThat(HINTS.render(Style.PLAIN, 40))
        .isEqualTo(
            """
            next:
              huddle status         every host an...
              huddle submit job.py  runs a job on...
              huddle stop           stops it
            """);
    assertThat(HINTS.render(Style.PLAIN, 30)).contains("  huddle submit job.py\n");
  }
}
