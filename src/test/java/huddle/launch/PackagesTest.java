package huddle.launch;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.launch.Checkout.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With an apt-get that only writes down how it was called.
class PackagesTest {
  private static final String READ_IN =
      """
      . "$HUDDLE_HOME/launch/step.sh"
      . "$HUDDLE_HOME/launch/packages.sh"
      missing=mvn
      has() { case " $missing " in *" $1 "*) return 1 ;; esac; command -v "$1" >/dev/null; }
      """;

  @TempDir Path temp;
  private Checkout checkout;

  @BeforeEach
  void make() throws Exception {
    checkout = Checkout.at(temp.resolve("checkout"));
    apt("case $* in *install*) : >\"$HOME/installed\" ;; esac");
  }

  private void apt(String does) throws Exception {
    Path apt = checkout.home().resolve("commands/apt-get");
    Files.writeString(
        apt, "#!/bin/sh\necho \"$DEBIAN_FRONTEND $*\" >>\"$HOME/apt.runs\"\n" + does + "\n");
    Checkout.executable(apt);
  }

  private String calls() throws Exception {
    return Files.readString(checkout.home().resolve("apt.runs"));
  }

  @Test
  void mavenIsInstalledWhereThatIsAllowed() throws Exception {
    Ended ended = checkout.shell(READ_IN + "id() { echo 0; }\nneed_maven");
    assertThat(calls())
        .contains(
            "noninteractive -y -o DPkg::Lock::Timeout=300 install --no-install-recommends maven");
    assertThat(ended.err())
        .contains("installing maven with apt (log: " + checkout.cache().resolve("apt.log") + ")");
  }

  @Test
  void pipComesAlongWhereNothingCanTellThePythonIndex() throws Exception {
    Ended ended =
        checkout.shell(
            READ_IN + "missing='uv pip3'\npython3() { return 1; }\nid() { echo 0; }\nneed_maven");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(calls()).contains("install --no-install-recommends python3 python3-pip");
    assertThat(ended.err()).contains("installed python3 python3-pip with apt in");
  }

  @Test
  void emptyOrOldPackageListsAreReadAgain() throws Exception {
    apt(
        "[ -e \"$HOME/updated\" ] || case $* in *update*) : >\"$HOME/updated\" ;; *) exit 100 ;; esac");
    Ended ended =
        checkout.shell(
            READ_IN + "missing='uv pip3'\npython3() { return 1; }\nid() { echo 0; }\nneed_maven");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(calls()).contains("DPkg::Lock::Timeout=300 update");
    assertThat(calls().lines().toList()).last().asString().contains("install");
  }

  @Test
  void withoutTheRightToInstallOneSentenceSaysWhatToInstall() throws Exception {
    Path sudo = checkout.home().resolve("commands/sudo");
    Checkout.executable(Files.writeString(sudo, "#!/bin/sh\nexit 1\n"));
    Ended ended = checkout.shell(READ_IN + "id() { echo 1000; }\nneed_maven");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "huddle: Maven 3.6.3 or newer is needed to build Huddle; install it (sudo apt-get install"
                + " maven) and start again.\n");
    assertThat(checkout.home().resolve("apt.runs")).doesNotExist();
  }

  @Test
  void aFailingAptNamesItsLog() throws Exception {
    apt("echo 'E: no such package'; exit 100");
    Ended ended = checkout.shell(READ_IN + "id() { echo 0; }\nneed_maven");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .contains("apt could not install maven; its output is in " + checkout.cache())
        .contains("Maven 3.6.3 or newer is needed");
    assertThat(checkout.cache().resolve("apt.log")).content().contains("E: no such package");
  }
}
