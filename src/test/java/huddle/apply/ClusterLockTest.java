package huddle.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Connection;
import huddle.ssh.Sshd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over a real sshd.
class ClusterLockTest {
  private static final ClusterLock.Holder ADA =
      new ClusterLock.Holder("ada@laptop", "huddle up", Instant.parse("2026-01-02T03:04:05Z"));
  private static final ClusterLock.Holder BOB =
      new ClusterLock.Holder("bob@desk", "huddle stop", Instant.parse("2026-01-02T03:05:00Z"));

  private static Sshd sshd;
  private static Connection connection;

  @TempDir Path temporary;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
    connection = sshd.connectors().connect("worker.one", sshd.destination());
  }

  @AfterAll
  static void stop() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
  }

  private Path root() {
    return temporary.resolve(".huddle/penguins");
  }

  private ClusterLock take(ClusterLock.Holder holder) {
    return take(holder, Duration.ofSeconds(10));
  }

  private ClusterLock take(ClusterLock.Holder holder, Duration beat) {
    return ClusterLock.take(connection, root().toString(), holder, new ClusterLock.Timing(beat, 0));
  }

  /// A holder that beats no more: the lock's folder as a power cut leaves it.
  private void leaveLying(String age) throws Exception {
    Path lock = Files.createDirectories(root().resolve("lock"));
    Files.writeString(
        lock.resolve("owner"), "1-2-3\tada@laptop\thuddle up\t2026-01-02T03:04:05Z\n");
    Files.writeString(lock.resolve("beat"), "\n");
    touch(age, lock.resolve("beat"));
    touch(age, lock);
  }

  private static void touch(String age, Path file) throws Exception {
    assertThat(new ProcessBuilder("touch", "-d", age, file.toString()).start().waitFor()).isZero();
  }

  @Test
  void isNotPutAmongWhatIsNotHuddles() throws Exception {
    Files.createDirectories(root().resolve("thesis"));
    assertThatThrownBy(() -> take(ADA))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.what())
                    .isEqualTo(
                        "the root %s holds files that are not Huddle's (thesis)"
                            .formatted(root())));
    assertThat(root()).isDirectoryNotContaining("glob:**lock");
    Files.writeString(root().resolve(".huddle-root"), "penguins\n");
    take(ADA).close();
    assertThat(root().resolve("thesis")).isDirectory();
  }

  @Test
  void isHeldUntilClosedAndLeavesNothing() {
    try (ClusterLock lock = take(ADA)) {
      lock.verify();
      assertThat(lock.takenFrom()).isEmpty();
      assertThat(root().resolve("lock/owner")).isRegularFile();
    }
    assertThat(temporary.resolve(".huddle")).doesNotExist();
  }

  @Test
  void keepsAFolderThatHasBeenFilled() throws Exception {
    ClusterLock lock = take(ADA);
    Files.writeString(root().resolve("manifest.json"), "{}");
    lock.close();
    assertThat(root()).isDirectoryNotContaining("glob:**/lock");
    assertThat(root().resolve("manifest.json")).exists();
  }

  @Test
  void aSecondOperatorIsToldWhoHoldsIt() {
    try (ClusterLock _ = take(ADA)) {
      assertThatThrownBy(() -> take(BOB))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "the cluster is being worked on by ada@laptop (huddle up, since 2026-01-02T03:04:05Z)");
    }
    take(BOB).close();
  }

  @Test
  void goesWithAHolderThatIsKilled() throws Exception {
    try (Connection.Session session =
        connection.start(
            Script.resource(ClusterLock.class, "cluster-lock")
                .with("root", root().toString())
                .with("me", "1\tada@laptop\thuddle up\tnow")
                .with("stale", "1")
                .with("patience", "0"))) {
      assertThat(session.stdout().readNBytes(5))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("held\n");
      assertThat(root().resolve("lock")).isDirectory();
      // What the death of this JVM would do: its ssh loses its standard input, and dies by itself.
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
      awaitGone(root());
    }
  }

  private static void awaitGone(Path file) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Files.exists(file) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void isTakenOverOnceNobodyBeats() throws Exception {
    leaveLying("3 minutes ago");
    try (ClusterLock lock = take(BOB)) {
      assertThat(lock.takenFrom()).contains("ada@laptop (huddle up, since 2026-01-02T03:04:05Z)");
      assertThatThrownBy(() -> take(ADA)).hasMessageContaining("bob@desk");
    }
    assertThat(root().resolve("lock")).doesNotExist();
  }

  @Test
  void aLockThatWasJustLeftIsNotTakenOver() throws Exception {
    leaveLying("20 seconds ago");
    assertThatThrownBy(() -> take(BOB)).hasMessageContaining("ada@laptop");
  }

  @Test
  void aHolderThatSleptTooLongLosesIt() throws Exception {
    try (ClusterLock sleeper = take(ADA, Duration.ofMillis(300))) {
      // Stands in for a machine asleep: the beat is old although the holder is alive.
      Path lock = root().resolve("lock");
      Files.writeString(lock.resolve("owner"), "9\tbob@desk\thuddle stop\tnow\n");
      while (isHeld(sleeper)) {
        Thread.sleep(10);
      }
      assertThatThrownBy(sleeper::verify).hasMessageContaining("lock was lost");
      assertThat(lock.resolve("owner")).content().contains("bob@desk");
    }
    assertThat(root().resolve("lock/owner")).exists();
  }

  private static boolean isHeld(ClusterLock lock) {
    try {
      lock.verify();
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  @Test
  void beatsWhileItIsHeld() throws Exception {
    try (ClusterLock _ = take(ADA, Duration.ofMillis(50))) {
      Path beat = root().resolve("lock/beat");
      touch("50 seconds ago", beat);
      Instant old = Files.getLastModifiedTime(beat).toInstant();
      while (!Files.getLastModifiedTime(beat).toInstant().isAfter(old)) {
        Thread.sleep(10);
      }
    }
  }

  @Test
  void destroyMayRemoveTheFolderUnderIt() throws Exception {
    Files.createDirectories(root());
    ClusterLock lock = take(ADA, Duration.ofMillis(50));
    Script destroy = new Script("destroy", "rm -rf \"$root\"", Map.of("root", root().toString()));
    assertThat(connection.run(destroy, Duration.ofSeconds(20)).exit()).isZero();
    lock.close();
    assertThat(temporary.resolve(".huddle")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(temporary.resolve(".huddle"), "a file");
    assertThatThrownBy(() -> take(ADA))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the cluster's folder " + root() + " cannot be written: ");
  }

  @Test
  void aLeadingTildeIsTheLoginsHome() {
    try (ClusterLock _ = ClusterLock.take(connection, "~/.huddle/c", ADA)) {
      assertThat(sshd.home().resolve(".huddle/c/lock/owner")).exists();
    }
    assertThat(sshd.home().resolve(".huddle")).doesNotExist();
  }

  @Test
  void onlyOneOfManyGetsIt() throws Exception {
    leaveLying("3 minutes ago");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Optional<ClusterLock>> locks = new ArrayList<>();
      for (Future<Optional<ClusterLock>> one :
          threads.invokeAll(
              Collections.<Callable<Optional<ClusterLock>>>nCopies(4, this::takeIfFree))) {
        locks.add(one.get());
      }
      assertThat(locks.stream().filter(Optional::isPresent)).hasSize(1);
      locks.forEach(lock -> lock.ifPresent(ClusterLock::close));
    }
  }

  private Optional<ClusterLock> takeIfFree() {
    try {
      return Optional.of(take(BOB));
    } catch (Failure e) {
      return Optional.empty();
    }
  }
}
