package huddle.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Event;
import huddle.event.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real program for hosts. All hosts are this machine, so what they write meets in one folder:
/// that each writes is seen from what they report.
@Timeout(120)
class PushTest {
  @TempDir Path here;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<HereConnection> hosts = new ArrayList<>();

  private HereConnection host(String name, String address) throws IOException {
    HereConnection host = new HereConnection(name, here.resolve(name), address);
    hosts.add(host);
    return host;
  }

  private PushPath path(String name) {
    return PushPath.of(here.resolve("from").resolve(name));
  }

  private void write(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    Path file = here.resolve("from").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-03T04:05:06Z")));
  }

  private Collection<Failure> push(Path to, PushPath... paths) throws InterruptedException {
    return new Push(
            new Push.Order("c", to.toString(), List.of(paths)),
            hosts.stream().map(HereConnection::target).toList(),
            events::add)
        .run();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(p -> !p.equals(folder))
          .map(p -> folder.relativize(p).toString())
          .sorted()
          .toList();
    }
  }

  private <E extends Event> List<E> reported(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void filesAndFoldersArriveOnceAsTheyAre() throws Exception {
    host("a", "127.0.0.1");
    write("words.txt", 1000);
    write("in/deep/er/x y.csv", 70_000);
    write("in/empty.csv", 0);
    Files.createDirectories(here.resolve("from/in/nothing"));
    Files.createSymbolicLink(here.resolve("from/in/link.txt"), here.resolve("from/words.txt"));
    Path to = here.resolve("data");
    assertThat(push(to, path("words.txt"), path("in"))).isEmpty();
    assertThat(names(to))
        .containsExactly(
            "in",
            "in/deep",
            "in/deep/er",
            "in/deep/er/x y.csv",
            "in/empty.csv",
            "in/link.txt",
            "in/nothing",
            "words.txt");
    assertThat(to.resolve("in/deep/er/x y.csv"))
        .hasSameBinaryContentAs(here.resolve("from/in/deep/er/x y.csv"));
    assertThat(Files.isSymbolicLink(to.resolve("in/link.txt"))).isFalse();
    assertThat(Files.getLastModifiedTime(to.resolve("words.txt")).toInstant())
        .isEqualTo("2024-02-03T04:05:06Z");
    events.clear();
    assertThat(push(to, path("words.txt"), path("in"))).isEmpty();
    assertThat(reported(Event.ChangeStarted.class)).isEmpty();
    assertThat(reported(Event.Note.class))
        .extracting(Event.Note::text)
        .containsExactly("it has all of it already");
  }

  @Test
  void aFolderTakesTheOldOnesPlaceWhole() throws Exception {
    host("a", "127.0.0.1");
    Path to = here.resolve("data");
    write("in/old.csv", 10);
    push(to, path("in"));
    Files.delete(here.resolve("from/in/old.csv"));
    write("in/new.csv", 20);
    assertThat(push(to, path("in"))).isEmpty();
    assertThat(names(to)).containsExactly("in", "in/new.csv");
    write("in.csv", 5);
    Files.createDirectories(to.resolve(".huddle-part-c-127.0.0.1-gone/x"));
    push(to, path("in.csv"));
    assertThat(names(to)).containsExactly("in", "in.csv", "in/new.csv");
  }

  @Test
  void muchGoesFromHostToHost() throws Exception {
    for (int i = 1; i <= 3; i++) {
      host("h" + i, "127.0.0." + i);
    }
    write("big.bin", 6 << 20);
    Path to = here.resolve("data");
    assertThat(push(to, path("big.bin"))).isEmpty();
    assertThat(reported(Event.ChangeDone.class))
        .extracting(Event.ChangeDone::summary)
        .containsExactlyInAnyOrder(
            "big.bin, 6 MiB", "big.bin, 6 MiB from h1", "big.bin, 6 MiB from h2");
    assertThat(to.resolve("big.bin")).hasSameBinaryContentAs(here.resolve("from/big.bin"));
    assertThat(names(to)).containsExactly("big.bin");
    for (HereConnection host : hosts) {
      for (Process process : host.started) {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void whereAHostCannotListenTheOperatorSendsToIt() throws Exception {
    host("h1", "127.0.0.1");
    host("h2", "203.0.113.7");
    write("big.bin", 5 << 20);
    assertThat(push(here.resolve("data"), path("big.bin"))).isEmpty();
    assertThat(reported(Event.ChangeDone.class))
        .extracting(Event.ChangeDone::summary)
        .containsExactly("big.bin, 5 MiB", "big.bin, 5 MiB");
  }

  @Test
  void whoHasNoPartInTheRunIsTurnedAwayAndTheRunGoesOn() throws Exception {
    HereConnection host = host("h1", "127.0.0.1");
    RunCertificate certificate = RunCertificate.random();
    try (HostEnd end = HostEnd.start(host, host.target().root(), asked(certificate, "127.0.0.1"))) {
      int port =
          HostEnd.number(end.hear("port", Duration.ofSeconds(20)), "port").orElseThrow().intValue();
      try (Socket stranger = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
        stranger.setSoTimeout(20_000);
        stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(answer(stranger)).as("no more than an alert").isLessThan(64);
      }
      end.say(Map.of("next", List.of()));
      end.hear("next", Duration.ofSeconds(20));
      end.say(Map.of("from", "operator"));
      new PushTar(sent -> {}).write(List.of(), end.input());
      assertThat(end.hear("end", Duration.ofSeconds(20))).containsEntry("done", true);
    }
  }

  @Test
  void whatLeavesItsFolderIsRefused() throws Exception {
    HereConnection host = host("h1", "127.0.0.1");
    for (String name : List.of("../x", "x/../../y", "x//y")) {
      try (HostEnd end =
          HostEnd.start(host, host.target().root(), asked(RunCertificate.random(), ""))) {
        end.hear("port", Duration.ofSeconds(20));
        end.say(Map.of("next", List.of()));
        end.hear("next", Duration.ofSeconds(20));
        end.say(Map.of("from", "operator"));
        send(end.input(), name);
        assertThatThrownBy(() -> end.hear("end", Duration.ofSeconds(20)))
            .isInstanceOf(Failure.class)
            .hasMessageContaining("leaves its folder");
      }
    }
    assertThat(names(here.resolve("data"))).isEmpty();
    assertThat(here.resolve("x")).doesNotExist();
  }

  @Test
  void anOperatorWhoIsGoneLeavesNothingBehind() throws Exception {
    HereConnection host = host("h1", "127.0.0.1");
    HostEnd end =
        HostEnd.start(host, host.target().root(), asked(RunCertificate.random(), "127.0.0.1"));
    end.hear("port", Duration.ofSeconds(20));
    end.say(Map.of("next", List.of()));
    end.hear("next", Duration.ofSeconds(20));
    end.say(Map.of("from", "host"));
    Files.createDirectories(here.resolve("data/.huddle-part-c-127.0.0.1-x"));
    end.close();
    Process process = host.started.getFirst();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
    assertThat(names(here.resolve("data"))).isEmpty();
  }

  @Test
  void onePushAtATimeOnAHost() throws Exception {
    HereConnection host = host("h1", "127.0.0.1");
    try (HostEnd first =
        HostEnd.start(host, host.target().root(), asked(RunCertificate.random(), ""))) {
      first.hear("port", Duration.ofSeconds(20));
      write("words.txt", 10);
      assertThat(push(here.resolve("data"), path("words.txt")))
          .extracting(Failure::what)
          .containsExactly("another push is at work there");
    }
  }

  @Test
  void wrongPathsAreNamed() throws IOException {
    Files.createDirectories(here.resolve("from/loop"));
    Files.createSymbolicLink(here.resolve("from/loop/again"), here.resolve("from/loop"));
    assertThatThrownBy(() -> path("loop")).hasMessageContaining("is a link to a folder that holds");
    assertThatThrownBy(() -> path("nothing")).hasMessageContaining("does not exist");
    assertThatThrownBy(() -> PushPath.of(Path.of("/"))).hasMessageContaining("has no name");
    assertThatThrownBy(() -> PushPath.of(Path.of("/dev/null"))).hasMessageContaining("neither");
  }

  @Test
  void withoutAClusterItSaysSo() throws Exception {
    HereConnection host = host("h1", "127.0.0.1");
    Files.delete(here.resolve("h1/bin/huddle-python"));
    write("words.txt", 10);
    Collection<Failure> failures = push(here.resolve("data"), path("words.txt"));
    assertThat(failures)
        .extracting(Failure::what)
        .containsExactly("the cluster is not installed there");
    assertThat(failures).extracting(Failure::remedy).containsExactly("run `huddle up`");
    assertThat(host.started).hasSize(1);
  }

  private static int answer(Socket stranger) throws IOException {
    try {
      return stranger.getInputStream().readAllBytes().length;
    } catch (SocketException e) {
      return 0;
    }
  }

  private Map<String, Object> asked(RunCertificate certificate, String listen) throws IOException {
    Files.createDirectories(here.resolve("data"));
    Map<String, Object> asked = new HashMap<>();
    asked.put("do", "receive");
    asked.put("own", "c-127.0.0.1");
    asked.put("to", here.resolve("data").toString());
    asked.put("paths", List.of());
    asked.put("cert", certificate.certificate());
    asked.put("key", certificate.key());
    asked.put("token", certificate.token());
    asked.put("listen", listen);
    asked.put("patience", 20);
    return asked;
  }

  private static void send(OutputStream out, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(1);
      tar.putArchiveEntry(entry);
      tar.write('x');
      tar.closeArchiveEntry();
    }
    FrameOutput frames = new FrameOutput(out);
    frames.write(bytes.toByteArray());
    frames.finish();
  }
}
