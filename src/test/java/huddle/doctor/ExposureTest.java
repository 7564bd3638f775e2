package huddle.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is said of doors that were tried.
class ExposureTest {
  private static final Answer REFUSES = new Answer(Answer.Kind.REFUSES, "Spark wants the secret");
  private static final Answer CLOSED = new Answer(Answer.Kind.CLOSED, "Connection refused");
  private static final Answer FORBIDDEN =
      new Answer(Answer.Kind.CLOSED, "open failed: Connection refused");
  private static final Answer PAGE = new Answer(Answer.Kind.ANSWERS, "HTTP/1.1 200 OK");
  private static final Door MASTER = new Door("one", "Master", 7, "10.0.0.1", 7077);
  private static final Door PAGES = new Door("one", "Master", 7, "127.0.0.1", 8080);
  private static final Door WORKER = new Door("two", "Worker", 9, "10.0.0.2", 7078);

  @Test
  void namesEveryPlaceInTheOrderOfHostsAndPorts() {
    Exposure seen =
        new Exposure(
            List.of(
                new Exposure.Try(WORKER, Exposure.OPERATOR, REFUSES),
                new Exposure.Try(PAGES, "two", FORBIDDEN),
                new Exposure.Try(PAGES, "one", new Answer(Answer.Kind.REFUSES, "HTTP/1.1 403")),
                new Exposure.Try(PAGES, Exposure.OPERATOR, CLOSED),
                new Exposure.Try(MASTER, Exposure.OPERATOR, REFUSES),
                new Exposure.Try(WORKER, "three", REFUSES),
                new Exposure.Try(MASTER, "two", REFUSES),
                new Exposure.Try(MASTER, "three", REFUSES),
                new Exposure.Try(PAGES, "three", FORBIDDEN),
                new Exposure.Try(WORKER, "one", REFUSES)),
            Map.of());
    assertThat(seen.findings())
        .extracting(Finding::evidence)
        .containsExactly(
            "Master at 10.0.0.1:7077 from three, two, operator: refuses, Spark wants the secret",
            "Master at 127.0.0.1:8080 from one: refuses, HTTP/1.1 403; from three, two, operator: closed",
            "Worker at 10.0.0.2:7078 from one, three, operator: refuses, Spark wants the secret");
    assertThat(Exposure.verdict(seen.findings()))
        .isEqualTo("3 doors on 2 hosts: none answers without a credential");
  }

  @Test
  void aHostThatLetsNobodyThroughHasTriedNothing() {
    Exposure seen =
        Exposure.seen(
            List.of(
                new Exposure.Try(PAGES, "one", CLOSED),
                new Exposure.Try(WORKER, "one", CLOSED),
                new Exposure.Try(WORKER, "three", REFUSES)),
            Map.of());
    assertThat(seen.tries()).extracting(Exposure.Try::from).containsExactly("three");
    assertThat(Exposure.verdict(seen.findings()))
        .isEqualTo("1 door on 1 host: none answers without a credential; not looked at: one");
    assertThat(seen.findings().getLast().evidence()).contains("AllowTcpForwarding");
  }

  @Test
  void theWorstAnswerDecides() {
    Exposure seen =
        new Exposure(
            List.of(
                new Exposure.Try(PAGES, "one", PAGE),
                new Exposure.Try(PAGES, Exposure.OPERATOR, CLOSED)),
            Map.of("two", "it was not reached"));
    List<Finding> findings = seen.findings();
    assertThat(findings).extracting(Finding::level).contains(Finding.Level.BAD);
    assertThat(findings.getFirst().fix()).startsWith("other logins of this host are served");
    assertThat(Exposure.verdict(findings))
        .isEqualTo(
            "1 door on 1 host: 1 answers without a credential; not looked at: two."
                + " one: Master at 127.0.0.1:8080 from one: answers, HTTP/1.1 200 OK; from operator: closed");
  }
}
