package huddle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Event;
import huddle.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonEventsTest {
  private final FakeClock clock = new FakeClock();
  private final FakeTerminal fake = FakeTerminal.pipe();
  private final Terminal terminal = fake.open();
  private final JsonEvents view =
      new JsonEvents(terminal.out(), clock, new QuietEvents(terminal.err()));

  @Test
  void oneObjectALine() {
    RunOfEvents.ALL.forEach(view::report);
    assertThat(fake.out())
        .isEqualTo(
            """
            {"version":1,"event":"step","time":T,"text":"Applying 4 changes on 2 hosts"}
            {"version":1,"event":"note","time":T,"host":"worker.one","text":"its clock is 3 s ahead\\u001b[2J"}
            {"version":1,"event":"warning","time":T,"host":null,"text":"/tmp is mounted\\nnoexec","remedy":"Set dirs."}
            {"version":1,"event":"change-started","time":T,"host":"worker.one","kind":"spark","summary":"install Spark 4.3.0"}
            {"version":1,"event":"change-progress","time":T,"host":"worker.one","kind":"spark","text":"copying Spark","doneBytes":212000000,"totalBytes":499000000}
            {"version":1,"event":"change-done","time":T,"host":"worker.one","kind":"spark","summary":"install Spark 4.3.0","tookMillis":12345}
            {"version":1,"event":"failed","time":T,"host":"worker.two","kind":"port","what":"port 7078 is taken by pid 411","remedy":"Stop it or set ports.worker."}
            {"version":1,"event":"skipped","time":T,"host":"worker.two","kind":"worker","summary":"start the Worker","because":"its port is taken"}
            {"version":1,"event":"finished","time":T,"cluster":"penguins","ok":false,"outcome":"not up","failedHosts":["worker.two"],"log":"/home/ada/up.log"}
            """
                .replace(":T,", ":\"2026-11-23T19:13:05.000Z\","));
  }

  @Test
  void linesParseBackAndThePageNamesEveryEventAndKey() throws Exception {
    String page = Files.readString(Path.of("docs/reference/json.md"));
    RunOfEvents.ALL.forEach(view::report);
    for (String line : fake.out().lines().toList()) {
      Map<String, ?> event = new JsonText("", "a line", line).object();
      assertThat(page).contains("| `" + event.get("event") + "` |");
      String row =
          page.lines()
              .filter(text -> text.startsWith("| `" + event.get("event") + "` |"))
              .collect(Collectors.joining());
      assertThat(event.keySet())
          .allSatisfy(key ->
              assertThat(
                      Stream.of("version", "event", "time").anyMatch(key::equals)
                          || row.contains("`" + key + "`"))
                  .as("%s of %s", key, event.get("event"))
                  .isTrue());
    }
  }

  @Test
  void failuresAreForPersonsToo() {
    RunOfEvents.ALL.forEach(view::report);
    assertThat(fake.err())
        .contains("failed: worker.two: port 7078 is taken by pid 411\n", "log: /home/ada/up.log\n");
  }

  @Test
  void progressComesOnceASecondForEachChange() {
    for (int i = 0; i < 25; i++) {
      view.report(new Event.ChangeProgress("worker.one", "spark", "copying", i, 0));
      view.report(new Event.ChangeProgress("worker.two", "spark", "copying", i, 0));
      clock.pass(0.1);
    }
    assertThat(fake.out().lines())
        .hasSize(6)
        .allMatch(line -> line.endsWith("\"totalBytes\":null}"));
  }
}
