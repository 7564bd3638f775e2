package huddle.service;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import huddle.plan.SimulatedCluster;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import huddle.ssh.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Event logs on two hosts, which are two folders of this machine, under real shells.
class EventLogsTest {
  private static final String RUNNING = "app-20261124230000-0003";
  private static final String ENDED = "app-20261124220000-0002";

  @TempDir private Path folder;
  private ClusterSpec spec;
  private Path one;
  private Path two;
  private Map<String, Connection> connections;

  @BeforeEach
  void roots() throws IOException {
    one = Files.createDirectories(folder.resolve("root-of-one/eventlog"));
    two = Files.createDirectories(folder.resolve("two/eventlog"));
    spec =
        SimulatedCluster.spec(
            "name: penguins\nmaster: {host: one, root: \"%s\"}\nworkers: [one, {host: two, root: \"%s\"}]\n"
                .formatted(one.getParent(), two.getParent()));
    connections =
        spec.hosts().stream()
            .collect(Collectors.toMap(Host::name, host -> ThisMachine.as(host.name())));
  }

  @AfterEach
  void close() {
    connections.values().forEach(Connection::close);
  }

  private static void log(Path at, String app, boolean ended, String events) throws IOException {
    Path log = Files.createDirectories(at.resolve("eventlog_v2_" + app));
    Files.writeString(log.resolve("events_1_" + app + ".zstd"), events);
    Files.writeString(log.resolve(".events_1_" + app + ".zstd.crc"), "crc");
    Files.deleteIfExists(log.resolve("appstatus_" + app + (ended ? ".inprogress" : "")));
    Files.writeString(log.resolve("appstatus_" + app + (ended ? "" : ".inprogress")), "");
  }

  private static List<String> files(Path at) throws IOException {
    try (Stream<Path> files = Files.walk(at)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> at.relativize(file) + " " + read(file))
          .filter(line -> !line.contains(".crc"))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Failure> collect() throws InterruptedException {
    return new EventLogs(spec, connections).collect();
  }

  @Test
  void anEndedLogMovesAndARunningOneIsFollowedUntilItEnds() throws Exception {
    log(two, ENDED, true, "all of it");
    log(two, RUNNING, false, "be");
    Files.writeString(two.resolve("app-20261124210000-0001.zstd"), "in one file");

    assertThat(collect()).isEmpty();
    assertThat(files(one))
        .containsExactly(
            "app-20261124210000-0001.zstd in one file",
            "eventlog_v2_%1$s/appstatus_%1$s ".formatted(ENDED),
            "eventlog_v2_%1$s/events_1_%1$s.zstd all of it".formatted(ENDED),
            "eventlog_v2_%1$s/appstatus_%1$s.inprogress ".formatted(RUNNING),
            "eventlog_v2_%1$s/events_1_%1$s.zstd be".formatted(RUNNING));
    assertThat(files(two))
        .containsExactly(
            "eventlog_v2_%1$s/appstatus_%1$s.inprogress ".formatted(RUNNING),
            "eventlog_v2_%1$s/events_1_%1$s.zstd be".formatted(RUNNING));

    log(two, RUNNING, true, "begun and done");
    assertThat(collect()).isEmpty();
    assertThat(files(one))
        .contains(
            "eventlog_v2_%1$s/appstatus_%1$s ".formatted(RUNNING),
            "eventlog_v2_%1$s/events_1_%1$s.zstd begun and done".formatted(RUNNING))
        .doesNotContain("eventlog_v2_%1$s/appstatus_%1$s.inprogress ".formatted(RUNNING));
    assertThat(files(two)).isEmpty();
    assertThat(one.toFile().list((dir, name) -> name.startsWith(".incoming"))).isEmpty();
  }

  @Test
  void whatIsNoEventLogStaysWhereItIs() throws Exception {
    Files.writeString(two.resolve("app-20261124210000-0001; rm -rf ~"), "x");
    Files.createSymbolicLink(two.resolve("app-20261124210000-0009"), Path.of("/etc/passwd"));
    Path log = Files.createDirectories(two.resolve("eventlog_v2_" + ENDED));
    Files.writeString(log.resolve("notes.txt"), "mine");

    assertThat(collect()).isEmpty();
    assertThat(files(one)).isEmpty();
    assertThat(log.resolve("notes.txt")).exists();
  }

  @Test
  void whatIsTooOldIsRemovedUnlessItIsWrittenTo() throws Exception {
    log(one, ENDED, true, "old");
    log(two, RUNNING, false, "old as well");
    FileTime past = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
    Files.setLastModifiedTime(one.resolve("eventlog_v2_" + ENDED), past);
    Files.setLastModifiedTime(two.resolve("eventlog_v2_" + RUNNING), past);

    assertThat(collect()).isEmpty();
    assertThat(one.resolve("eventlog_v2_" + ENDED)).doesNotExist();
    assertThat(two.resolve("eventlog_v2_" + RUNNING)).exists();
  }

  @Test
  void aHostWithoutEventLogsHasNone() throws Exception {
    Files.delete(two);
    log(one, ENDED, true, "here");
    assertThat(collect()).isEmpty();
    assertThat(files(one)).hasSize(2);
  }

  @Test
  void whatAHostSaysIsReadWithCare() {
    EventLogList list =
        EventLogList.parse(
            """
                12 ./eventlog_v2_%1$s/events_1_%1$s.zstd
             0 ./eventlog_v2_%1$s/appstatus_%1$s
             7 ./eventlog_v2_%1$s/../../../.ssh/authorized_keys
             7 ./eventlog_v2_%1$s/events_1_app-20261124220000-0009.zstd
             7 ./../x
             -7 ./app-20261124220000-0004
             99999999999999999999 ./app-20261124220000-0005
             5 ./%2$s.inprogress
             24 total
            """
                .formatted(ENDED, RUNNING));
    assertThat(list.logs().keySet()).containsExactlyInAnyOrder("eventlog_v2_" + ENDED, RUNNING);
    assertThat(list.ended()).containsExactly("eventlog_v2_" + ENDED);
    assertThat(list.beyond(16)).containsExactly("eventlog_v2_" + ENDED);
    assertThat(list.beyond(17)).isEmpty();
  }
}
