package huddle.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Output;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Who knocks where.
class ExposureCheckTest {
  /// A host with these doors, that reaches none.
  private record Shut(String host, String doors, List<String> dialed) implements Connection {
    @Override
    public Output run(Script script, Bytes input, Duration bound) {
      return new Output(0, doors + "end\n", "");
    }

    @Override
    public Session start(Script script) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Channel dial(String address, int port) {
      dialed.add(host + " " + address + ":" + port);
      throw Failure.on(host, "Connection refused", "");
    }

    @Override
    public Channel dialSocket(String path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private final List<String> dialed = new CopyOnWriteArrayList<>();

  private ExposureCheck.Place place(String host, String doors, boolean isHere) {
    return new ExposureCheck.Place(new Shut(host, doors, dialed), "/r", "127.0.0.1", isHere);
  }

  @Test
  void everyOtherHostAndTheOperatorTryEachDoor() throws InterruptedException {
    Exposure seen =
        new ExposureCheck(
                Map.of(
                    "one", place("one", "door\t7\t00000000:0001\n", false),
                    "two", place("two", "door\t9\t0100007F:0002\n", false),
                    "three", place("three", "", false)))
            .look(Map.of());
    assertThat(seen.tries())
        .extracting(one -> one.door().host() + " from " + one.from())
        .containsExactly(
            "one from three",
            "one from operator",
            "two from one",
            "two from three",
            "two from operator");
    // It tried, and did not even reach its own loopback.
    assertThat(seen.unlooked()).containsOnlyKeys("two");
    assertThat(dialed)
        .contains("two 127.0.0.1:1", "three 127.0.0.1:1", "one 127.0.0.1:2", "two 127.0.0.1:2");
    assertThat(seen.findings().getFirst().evidence()).endsWith("from three, operator: closed");
  }

  @Test
  void whereTheOperatorSitsOnTheOnlyHostItsDoorsAreTriedFromThere() throws InterruptedException {
    Exposure seen =
        new ExposureCheck(Map.of("one", place("one", "door\t7\t00000000:0001\n", true)))
            .look(Map.of());
    assertThat(seen.tries()).extracting(Exposure.Try::from).containsExactly("one");
  }
}
