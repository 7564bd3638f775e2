package huddle.launch;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.launch.Checkout.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindJdkTest {
  // Without the places of the machine that this test runs on.
  private static final String ELSEWHERE = "search_jdk() { return 1; }\n";
  private static final String FIND = "find_jdk; echo \"$JDK $JDK_VERSION\"";

  @TempDir Path temp;
  private Checkout checkout;

  @BeforeEach
  void make() {
    checkout = Checkout.at(temp.resolve("checkout")).with("HUDDLE_JAVA_HOME", null);
  }

  @Test
  void theOneNamedForHuddleComesFirst() throws Exception {
    Path named = Checkout.jdk(temp.resolve("named one"), "26-ea");
    Path usual = Checkout.jdk(temp.resolve("usual"), "25");
    checkout.with("HUDDLE_JAVA_HOME", named.toString()).with("JAVA_HOME", usual.toString());
    assertThat(checkout.shell(FIND).out()).isEqualTo(named + " 26-ea\n");
    checkout.with("HUDDLE_JAVA_HOME", null);
    assertThat(checkout.shell(FIND).out()).isEqualTo(usual + " 25\n");
  }

  @Test
  void theOneNamedForHuddleMustBeOne() throws Exception {
    Path old = Checkout.jdk(temp.resolve("old"), "17.0.15");
    Ended ended = checkout.with("HUDDLE_JAVA_HOME", old.toString()).shell(FIND);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "huddle: HUDDLE_JAVA_HOME (%s) is not a JDK 25 or newer; correct it or unset it.\n"
                .formatted(old));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "1.8.0_402", "24.0.2", "", "newest"})
  void anOlderOneInJavaHomeIsPassedOver(String version) throws Exception {
    Path old = Checkout.jdk(temp.resolve("old"), version);
    Path found = Checkout.jdk(temp.resolve("found"), "25.0.3");
    assertThat(
            checkout
                .with("JAVA_HOME", old.toString())
                .shell("search_jdk() { take_jdk '" + found + "'; }\n" + FIND)
                .out())
        .isEqualTo(found + " 25.0.3\n");
  }

  @Test
  void aRuntimeWithoutCompilerIsNone() throws Exception {
    Path runtime = Checkout.jdk(temp.resolve("runtime"), "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(checkout.shell("is_jdk '" + runtime + "'").exit()).isEqualTo(1);
  }

  @Test
  void theOneOfPathIsFoundBehindItsLinks() throws Exception {
    Path jdk = Checkout.jdk(temp.resolve("jdk-25"), "25.0.3");
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path alternatives = Files.createSymbolicLink(temp.resolve("alt"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), alternatives);
    assertThat(checkout.with("PATH", bin + ":/usr/bin:/bin").shell(FIND).out())
        .isEqualTo(jdk.toRealPath() + " 25.0.3\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".sdkman/candidates/java/25-tem",
        ".jdks/temurin-25",
        ".local/share/mise/installs/java/25",
        ".asdf/installs/java/temurin-25",
        ".jbang/cache/jdks/25",
        ".cache/huddle/jdk/temurin-25",
      })
  void theManagersFoldersAreSearched(String place) throws Exception {
    Path jdk = Checkout.jdk(checkout.home().resolve(place), "25.0.3");
    // Every place but those of this machine.
    String search =
        "take_jdk() { for c; do case $c in \"$HOME\"/*) is_jdk \"$c\" && JDK=$c && return;; esac; done;"
            + " return 1; }\n";
    assertThat(checkout.shell(search + FIND).out()).isEqualTo(jdk + " 25.0.3\n");
  }

  @Test
  void whatWasFoundIsRememberedWhileItIsThere() throws Exception {
    Path jdk = Checkout.jdk(temp.resolve("found"), "25.0.3");
    checkout.shell("search_jdk() { take_jdk '" + jdk + "'; }\n" + FIND);
    assertThat(checkout.shell(ELSEWHERE + FIND).out()).isEqualTo(jdk + " 25.0.3\n");

    Path other = Checkout.jdk(temp.resolve("other"), "25.0.4");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"24\"\n");
    assertThat(checkout.shell("search_jdk() { take_jdk '" + other + "'; }\n" + FIND).out())
        .isEqualTo(other + " 25.0.4\n");
  }

  @Test
  void withoutOneAndWithoutNetworkOneSentenceSaysWhatToDo() throws Exception {
    Ended ended = checkout.with("HUDDLE_ADOPTIUM", "http://127.0.0.1:1").shell(ELSEWHERE + FIND);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines().filter(line -> line.startsWith("huddle: ")).toList())
        .hasSize(2)
        .last()
        .asString()
        .contains(
            "there is no JDK 25 on this machine and Temurin's checksum could not be downloaded")
        .contains("install one")
        .contains("set JAVA_HOME");
    try (var left = Files.list(checkout.cache().resolve("jdk"))) {
      assertThat(left).isEmpty();
    }
  }
}
