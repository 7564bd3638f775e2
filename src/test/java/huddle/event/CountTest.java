package huddle.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void oneIsNotSeveral() {
    assertThat(Count.of(1, "core")).isEqualTo("1 core");
    assertThat(Count.of(0, "core")).isEqualTo("0 cores");
    assertThat(Count.of(List.of("one", "two"), "host")).isEqualTo("2 hosts");
  }
}
