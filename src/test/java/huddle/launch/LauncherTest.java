package huddle.launch;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.launch.Checkout.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path temp;

  @Test
  void handsArgumentsStreamsAndExitCodeOver() throws Exception {
    Checkout checkout = Checkout.at(temp.resolve("checkout"));
    Ended ended = checkout.huddle("up", "-f", "my file.yaml", "", "*");

    assertThat(ended.exit()).isEqualTo(7);
    String target = checkout.folder().resolve("target").toString();
    assertThat(ended.out())
        .contains("-cp\n" + target + "/huddle.jar\nhuddle.Main\nup\n-f\nmy file.yaml\n\n*\n")
        .contains("-Duser.home=" + checkout.home())
        .contains("HUDDLE_HOME=" + checkout.folder().toRealPath())
        .contains("HUDDLE_TTY_IN=0", "HUDDLE_TTY_OUT=0", "HUDDLE_TTY_ERR=0")
        .doesNotContain("building");
  }

  @Test
  void tellsWhichStreamsAreATerminalAndItsSize() throws Exception {
    Checkout checkout = Checkout.at(temp.resolve("checkout"));
    checkout.huddle();
    String command =
        "stty rows 33 cols 99; '" + checkout.folder().resolve("huddle") + "' status 2>&1";
    Ended ended = checkout.run(List.of("script", "-qec", command, "/dev/null"));

    assertThat(ended.out().replace("\r", ""))
        .contains("HUDDLE_TTY_OUT=1", "HUDDLE_TTY_ERR=1")
        .contains("HUDDLE_COLUMNS=99", "HUDDLE_ROWS=33");
  }

  @Test
  void startsThroughLinksAndFromPathsWithSpaces() throws Exception {
    Checkout checkout = Checkout.at(temp.resolve("my  check'out $x"));
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("../my  check'out $x/huddle"));
    Files.createSymbolicLink(bin.resolve("huddle"), bin.resolve("first"));

    assertThat(checkout.run(List.of(bin.resolve("huddle").toString(), "version")).out())
        .contains("HUDDLE_HOME=" + checkout.folder().toRealPath() + "\n");
    checkout.with("PATH", bin + ":/usr/bin:/bin");
    assertThat(checkout.run(List.of("sh", "-c", "huddle version")).out())
        .contains("HUDDLE_HOME=" + checkout.folder().toRealPath() + "\n");
    assertThat(checkout.run(List.of("sh", "-c", "cd '" + bin + "' && sh huddle version")).out())
        .contains("HUDDLE_HOME=" + checkout.folder().toRealPath() + "\n");
    assertThat(checkout.mavenRuns()).hasSize(1);
  }

  @Test
  void runsUnderBusyboxToo() throws Exception {
    Checkout checkout = Checkout.at(temp.resolve("checkout"));
    Ended ended =
        checkout.run(
            List.of("busybox", "sh", checkout.folder().resolve("huddle").toString(), "plan"));

    assertThat(ended.err()).contains("building Huddle");
    assertThat(ended.out()).contains("huddle.Main\nplan\n");
    assertThat(ended.exit()).isEqualTo(7);
  }

  @Test
  void givesJavaALocaleItCanReadFileNamesWith() throws Exception {
    Checkout checkout = Checkout.at(temp.resolve("hüddle"));
    executableThatPrints(checkout, "LC_");

    assertThat(checkout.huddle().out()).contains("LC_CTYPE=C.UTF-8");
    assertThat(checkout.with("LC_ALL", "C").huddle().out()).contains("LC_ALL=C.UTF-8");
    assertThat(checkout.with("LC_ALL", "de_DE.UTF-8").huddle().out())
        .contains("LC_ALL=de_DE.UTF-8")
        .doesNotContain("LC_CTYPE");
  }

  private static void executableThatPrints(Checkout checkout, String prefix) throws Exception {
    Files.writeString(
        checkout.home().resolve("jdk/bin/java"), "#!/bin/sh\nenv | grep '^" + prefix + "'\n");
  }

  @Test
  void aCopyWithoutSourcesIsNotBuilt() throws Exception {
    Checkout checkout = Checkout.at(temp.resolve("checkout"));
    Files.delete(checkout.folder().resolve("src/main"));
    Files.delete(checkout.folder().resolve("src"));
    Ended ended = checkout.huddle();
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("neither Huddle's sources nor its jar").hasLineCount(1);

    Files.createDirectory(checkout.folder().resolve("target"));
    Files.writeString(checkout.folder().resolve("target/huddle.jar"), "jar");
    assertThat(checkout.huddle().exit()).isEqualTo(7);
    assertThat(checkout.mavenRuns()).isEmpty();
  }
}
