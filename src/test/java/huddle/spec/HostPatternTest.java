package huddle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.ssh.Destination;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong is in problems.txt, with its sentences.
final class HostPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          worker.one            | worker.one
          worker[1-3]           | worker1 worker2 worker3
          worker[08-11]         | worker08 worker09 worker10 worker11
          worker[0-2]           | worker0 worker1 worker2
          w[1,3,5-7].lab        | w1.lab w3.lab w5.lab w6.lab w7.lab
          r[1-2]n[1-2]          | r1n1 r1n2 r2n1 r2n2
          [7-8]up               | 7up 8up
          me@w[1-2]:2222        | me@w1:2222 me@w2:2222
          ada@corp.example@host | ada@corp.example@host
          """)
  void namesHosts(String text, String hosts) {
    assertThat(HostPattern.of(text))
        .isInstanceOfSatisfying(
            HostPattern.Hosts.class,
            found ->
                assertThat(found.destinations())
                    .extracting(Destination::toString)
                    .containsExactly(hosts.split(" ")));
  }

  @Test
  void takesTheLoginBeforeTheLastAt() {
    assertThat(HostPattern.of("ada@corp.example@10.0.0.7:22"))
        .isEqualTo(
            new HostPattern.Hosts(
                List.of(
                    new Destination(
                        "10.0.0.7",
                        Optional.of("ada@corp.example"),
                        OptionalInt.of(22),
                        Optional.empty()))));
  }

  @Test
  void standsForAThousandHostsAndNoMore() {
    assertThat(HostPattern.of("w[1-10][01-10][0-9]"))
        .isInstanceOfSatisfying(
            HostPattern.Hosts.class, found -> assertThat(found.destinations()).hasSize(1000));
    String many = "w[0-9][0-9][0-9][0-9][0-9][0-9][0-9]";
    assertThat(HostPattern.of(many))
        .isEqualTo(new HostPattern.Wrong("\"" + many + "\" stands for more than 1000 hosts"));
    assertThat(HostPattern.of("w[0-999999999,0-999999999]")).isInstanceOf(HostPattern.Wrong.class);
  }
}
