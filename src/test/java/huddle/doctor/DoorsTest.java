package huddle.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import org.junit.jupiter.api.Test;

/// What a host says of its doors.
class DoorsTest {
  @Test
  void namesWhatListens() {
    String output =
        """
        process\t211\t/usr/bin/java -cp x org.apache.spark.deploy.master.Master --host 10.0.0.1\s
        door\t211\t0000000000000000FFFF00000100000A:1BA5
        door\t211\t0000000000000000FFFF00000100007F:1F90
        process\t9\t/usr/bin/java -Dhuddle.role=connect org.apache.spark.deploy.SparkSubmit\s
        door\t9\t0100007F:3A9A
        end
        """;
    assertThat(Doors.read("one", output))
        .containsExactly(
            new Door("one", "Master", 211, "10.0.0.1", 7077),
            new Door("one", "Master", 211, "127.0.0.1", 8080),
            new Door("one", "Connect server", 9, "127.0.0.1", 15002));
  }

  @Test
  void leavesOutWhatMakesNoSense() {
    String output =
        "door\tx\t0100007F:3A9A\ndoor\t1\tzz:zz\ndoor\t1\ndoor\t1\t0100007F:3A9A0\n\u001b[2J\nend\n";
    assertThat(Doors.read("one", output)).isEmpty();
  }

  @Test
  void takesNoHalfAnAnswer() {
    assertThatThrownBy(() -> Doors.read("one", "door\t9\t0100007F:3A9A\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("breaks off");
  }
}
