package huddle.launch;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.launch.Checkout.Ended;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  @TempDir Path temp;
  private Checkout checkout;

  @BeforeEach
  void make() {
    checkout = Checkout.at(temp.resolve("checkout"));
  }

  private Path target(String file) {
    return checkout.folder().resolve("target").resolve(file);
  }

  @Test
  void buildsOnceAndAgainOnlyAfterAChange() throws Exception {
    Ended first = checkout.huddle();
    assertThat(first.err()).contains("building Huddle, once (log: ").contains("built in");
    assertThat(first.err()).hasLineCount(2);
    assertThat(checkout.huddle().err()).isEmpty();
    assertThat(checkout.mavenRuns()).hasSize(1);
    assertThat(checkout.mavenRuns().getFirst())
        .startsWith(checkout.home().resolve("jdk") + " ")
        .contains(" -Dmaven.repo.local=" + checkout.cache().resolve("m2") + " ");

    Files.writeString(checkout.folder().resolve("src/main/New.java"), "class New {}");
    assertThat(checkout.huddle().exit()).isEqualTo(7);
    assertThat(checkout.mavenRuns()).hasSize(2);
    assertThat(checkout.huddle().err()).isEmpty();
  }

  @Test
  void whatIsEditedDuringABuildIsBuiltByTheNext() throws Exception {
    // Until the file's clock, which goes in steps of some milliseconds, shows that it is later.
    checkout.mavenDoes(
        "tries=0; until touch '%1$s' && [ -n \"$(find '%1$s' -newer '%2$s')\" ] || [ $tries -gt 1000 ]; do tries=$((tries + 1)); done"
            .formatted(checkout.folder().resolve("pom.xml"), target("launcher/began")));
    checkout.huddle();
    checkout.huddle();
    assertThat(checkout.mavenRuns()).hasSize(2);
  }

  @Test
  void theOperatorsOwnRepositoryIsUsedWhereThereIsOne() throws Exception {
    Files.createDirectories(checkout.home().resolve(".m2/repository"));
    checkout.huddle();
    assertThat(checkout.mavenRuns().getFirst()).doesNotContain("maven.repo.local");
  }

  @Test
  void aFailedBuildShowsItsErrorsAndItsLogAndCountsAsNone() throws Exception {
    checkout.mavenDoes("echo '[INFO] noise'; echo '[ERROR] Up.java:[3,4] not a statement'; exit 1");
    Ended ended = checkout.huddle("up");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("[ERROR] Up.java:[3,4] not a statement")
        .contains("the build failed; all of its output is in " + target("build.log"))
        .doesNotContain("noise");
    assertThat(target("huddle.jar")).doesNotExist();
    assertThat(target("build.lock")).doesNotExist();

    checkout.mavenDoes("");
    assertThat(checkout.huddle("up").exit()).isEqualTo(7);
  }

  @Test
  void aFailedBuildLeavesTheOldJarButDoesNotRunIt() throws Exception {
    checkout.huddle();
    Files.setLastModifiedTime(
        checkout.folder().resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
    checkout.mavenDoes("echo half >\"$target/huddle.jar\"; exit 1");
    assertThat(checkout.huddle().exit()).isEqualTo(1);
    assertThat(target("huddle.jar")).hasContent("jar");
  }

  @Test
  void anEndedBuildLeavesNothingThatCounts() throws Exception {
    checkout.mavenDoes("echo $$ >\"$HOME/mvn.pid\"; echo half >\"$target/huddle.jar\"; sleep 300");
    Process huddle = checkout.start(List.of(checkout.folder().resolve("huddle").toString()));
    long maven = Long.parseLong(await(checkout.home().resolve("mvn.pid")));
    // Process.destroy would also close what is read below.
    huddle.toHandle().destroy();
    Ended ended = Checkout.end(huddle);

    assertThat(ended.exit()).isEqualTo(143);
    assertThat(ProcessHandle.of(maven).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(target("huddle.jar")).doesNotExist();
    assertThat(Files.exists(target("build.lock"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void ofTwoStartsOneBuildsAndTheOtherWaits() throws Exception {
    checkout.mavenDoes(
        "echo $$ >\"$HOME/mvn.pid\"; until [ -e \"$HOME/go\" ]; do sleep 0.05; done");
    List<String> words = List.of(checkout.folder().resolve("huddle").toString());
    Process first = checkout.start(words);
    await(checkout.home().resolve("mvn.pid"));
    Process second = checkout.start(words);
    BufferedReader said = second.errorReader();
    assertThat(said.readLine())
        .isEqualTo(
            "huddle: another build is under way (process " + first.pid() + "); waiting for it");
    Files.writeString(checkout.home().resolve("go"), "");

    assertThat(Checkout.end(first).exit()).isEqualTo(7);
    assertThat(second.waitFor()).isEqualTo(7);
    assertThat(checkout.mavenRuns()).hasSize(1);
  }

  @Test
  void aLockWhoseHolderIsGoneHoldsNothing() throws Exception {
    Files.createDirectories(target("launcher"));
    // This process, but started at another time: its number was given again.
    Files.createSymbolicLink(target("build.lock"), Path.of(ProcessHandle.current().pid() + ":17"));
    assertThat(checkout.huddle().exit()).isEqualTo(7);
    assertThat(Files.exists(target("build.lock"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aCheckoutThatMayNotBeWrittenIsBuiltInTheCache() throws Exception {
    List<String> words = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // Root may write everything, so somebody else starts it.
      words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
      new ProcessBuilder("chown", "-R", "65534:65534", checkout.home().toString())
          .start()
          .waitFor();
      Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(checkout.folder(), PosixFilePermissions.fromString("r-xr-xr-x"));
    words.add(checkout.folder().resolve("huddle").toString());
    Ended ended = checkout.run(words);
    Files.setPosixFilePermissions(checkout.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(ended.exit()).as(ended.err()).isEqualTo(7);
    assertThat(ended.out()).contains("-cp\n" + checkout.cache() + "/build-");
    assertThat(checkout.folder().resolve("target")).doesNotExist();
  }

  @Test
  void anArchiveForQuickStartsIsUsedWhereItCouldBeMade() throws Exception {
    assertThat(checkout.huddle().out()).doesNotContain("AOTCache");
    assertThat(target("huddle-jdk-25.0.9.aot")).isEmptyFile();

    Files.writeString(
        checkout.home().resolve("jdk/bin/java"),
        """
        #!/bin/sh
        for argument in "$@"; do
          case $argument in
          -XX:AOTCacheOutput=*) echo trained | tee -a "$HOME/trained" >"${argument#*=}" ;;
          esac
        done
        printf '%s\\n' "$@"
        """);
    Files.delete(target("huddle-jdk-25.0.9.aot"));
    assertThat(checkout.huddle("status").out())
        .contains("-XX:AOTCache=" + target("huddle-jdk-25.0.9.aot") + "\n");
    // It belongs to that very jar.
    Files.writeString(checkout.folder().resolve("src/main/New.java"), "class New {}");
    checkout.huddle();
    assertThat(Files.readAllLines(checkout.home().resolve("trained"))).hasSize(2);
  }

  private static String await(Path file) throws Exception {
    for (long end = System.nanoTime() + 30_000_000_000L; System.nanoTime() < end; ) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return Files.readString(file).strip();
      }
      Thread.sleep(10);
    }
    throw new AssertionError(file + " never appeared");
  }
}
