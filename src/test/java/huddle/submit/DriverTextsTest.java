package huddle.submit;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.spark.MasterState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What drivers and hosts say, read: as it is, and as nobody would.
class DriverTextsTest {
  private static DriverNotes notes(String... lines) {
    DriverNotes notes = DriverNotes.NONE;
    for (String line : lines) {
      notes = notes.with(line);
    }
    return notes;
  }

  @Test
  void aDriverNotesItsIdAndItsPage() {
    DriverNotes notes =
        notes(
            "Utils Successfully started service 'SparkUI' on port 37539.",
            "StandaloneSchedulerBackend Connected to Spark cluster with app ID app-20261124235307-0003",
            "StandaloneSchedulerBackend Granted executor ID app-20261124235307-0003/0 on hostPort h");
    assertThat(notes.application()).contains("app-20261124235307-0003");
    assertThat(notes.page()).hasValue(37539);
  }

  @Test
  void aDriverHasStartedOnceItSaysSoAfterItsIdAndPage() {
    String page = "Utils Successfully started service 'SparkUI' on port 37539.";
    String id = "StandaloneSchedulerBackend Connected to Spark cluster with app ID app-1-0001";
    String started =
        "StandaloneSchedulerBackend SchedulerBackend is ready for scheduling beginning after reached minRegisteredResourcesRatio: 0.0";
    assertThat(notes(page, id).started()).isFalse();
    assertThat(notes(page, id, started).started()).isTrue();
    assertThat(notes(page, id, started, page).started()).as("it starts anew").isFalse();
  }

  @Test
  void aProgramMayStartAnew() {
    String line = "StandaloneSchedulerBackend Connected to Spark cluster with app ID app-1-000";
    assertThat(notes(line + "1", line + "2").application()).contains("app-1-0002");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Utils Successfully started service 'sparkDriver' on port 40000.",
        "StandaloneSchedulerBackend Connected to Spark cluster with app ID ../../etc",
        "StandaloneSchedulerBackend Connected to Spark cluster with app ID job-1",
      })
  void otherLinesAreNoNotes(String line) {
    assertThat(notes(line)).isEqualTo(DriverNotes.NONE);
  }

  private static final String DRIVERS =
      """
      driver 11111111-aaaa
      pid=7
      start=8
      since=1795563944
      name=etl = daily
      by=ada@laptop
      detached=yes
      alive=yes
      note Utils Successfully started service 'SparkUI' on port 37539.
      note StandaloneSchedulerBackend Connected to Spark cluster with app ID app-1-0001
      driver 22222222-bbbb
      since=1795560000
      name=\u001b[31mred
      by=bob@desk
      detached=no
      exit=143
      note StandaloneSchedulerBackend Connected to Spark cluster with app ID app-1-0000
      driver 33333333-cccc
      since=1795569000
      name=early
      alive=yes
      driver ../../x
      name=no
      driver
      """;

  @Test
  void recordsOfDriversAreRead() {
    List<DriverRecord> drivers = DriverRecord.parse(DRIVERS);
    assertThat(drivers)
        .extracting(DriverRecord::name)
        .containsExactly("etl = daily", "red", "early");
    assertThat(drivers.getFirst().application()).contains("app-1-0001");
    assertThat(drivers.getFirst().running()).isTrue();
    assertThat(drivers.getFirst().detached()).isTrue();
    assertThat(drivers.get(1).exit()).isEqualTo(OptionalInt.of(143));
    assertThat(drivers.get(2).application()).isEmpty();
    assertThat(DriverRecord.parse("")).isEmpty();
  }

  private static MasterState.Application application(String id, String name, String state) {
    return new MasterState.Application(id, name, "deploy", state, 2, 512, 1_795_563_950_000L);
  }

  private static Apps apps() {
    return Apps.of(
        Optional.of(
            new MasterState(
                "spark://h:7077",
                "ALIVE",
                List.of(),
                List.of(
                    application("app-1-0001", "etl = daily", "RUNNING"),
                    application("app-1-0002", "red", "WAITING")),
                List.of(application("app-1-0000", "red", "FINISHED")))),
        DriverRecord.parse(DRIVERS));
  }

  @Test
  void whatTheMasterSaysAndWhatHuddleStartedAreOneList() {
    assertThat(apps().all())
        .extracting(app -> app.call() + " " + app.state() + " " + app.driver())
        .containsExactly(
            "33333333-cccc STARTING 33333333-cccc",
            "app-1-0001 RUNNING 11111111-aaaa",
            "app-1-0002 WAITING ",
            // The Master calls it FINISHED; it was ended by a signal.
            "app-1-0000 KILLED 22222222-bbbb");
  }

  @Test
  void oneIsFoundByIdDriverOrNameThoseThatRunFirst() {
    assertThat(apps().find("app-1-0000")).extracting(Apps.App::id).containsExactly("app-1-0000");
    assertThat(apps().find("11111111-aaaa")).extracting(Apps.App::id).containsExactly("app-1-0001");
    assertThat(apps().find("red")).extracting(Apps.App::id).containsExactly("app-1-0002");
    assertThat(apps().find("blue")).isEmpty();
    assertThat(apps().words()).contains("red", "app-1-0000", "33333333-cccc");
  }

  @Test
  void withoutAMasterTheRecordsAreLeft() {
    assertThat(Apps.of(Optional.empty(), DriverRecord.parse(DRIVERS)).all())
        .extracting(app -> app.call() + " " + app.state())
        .containsExactly("33333333-cccc STARTING", "app-1-0001 ENDED", "app-1-0000 KILLED");
  }

  @Test
  void progressIsTheSumOfTheJobsThatRun() {
    String job =
        "{\"name\": \"count at /home/a/run/submit-1f-2/slow.py:5\", \"stageIds\": [0, 1, 2],"
            + " \"numTasks\": 40, \"numActiveTasks\": 2, \"numCompletedTasks\": 7,"
            + " \"numSkippedTasks\": 1, \"numCompletedStages\": 1, \"numSkippedStages\": 1}";
    assertThat(JobProgress.parse("[" + job + "]").orElseThrow().text())
        .isEqualTo("8 of 40 tasks, 2 running, 2 of 3 stages: count at slow.py:5");
    assertThat(JobProgress.parse("[" + job + "," + job + "]").orElseThrow().text())
        .isEqualTo("16 of 80 tasks, 4 running, 4 of 6 stages: 2 jobs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "[1, null, \"x\"]", "[{\"name\":", "<html>"})
  void whatIsNoListOfJobsIsNoProgress(String text) {
    assertThat(JobProgress.parse(text)).isEmpty();
  }

  private static List<String> parts(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    LogParts.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (place, line) -> lines.add(place + ": " + line));
    return lines;
  }

  @Test
  void linesThatComeInPiecesAreJoinedAndNoneCanPassForAHeader() throws IOException {
    assertThat(
            parts(
                "F 0 stderr 7\none\ntwo"
                    + "F driver output 2\nd\n"
                    + "F 0 stderr 21\n!\nF 1 stderr 9\nthree\n"
                    + "F 1 stdout 4\nlast"))
        .containsExactly(
            "executor 0 stderr: one",
            "driver: d",
            "executor 0 stderr: two!",
            "executor 0 stderr: F 1 stderr 9",
            "executor 0 stderr: three",
            "executor 1 stdout: last");
  }

  @Test
  void otherTextIsNoLog() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> parts("hello\n"))
        .isInstanceOf(IOException.class);
  }
}
