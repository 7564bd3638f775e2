package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program that answers ssh, asked as ssh asks.
class AskpassTest {
  private static final SshConfig DIRECT = SshConfig.parse("hostname worker.one");
  private static final SshConfig BEHIND = SshConfig.parse("hostname worker.one\nproxyjump gate");

  @TempDir Path temporary;

  private Askpass askpass() {
    return Askpass.open("worker.one", temporary, "s3 crét\\$".toCharArray());
  }

  private static String asked(Askpass askpass, SshConfig config, String prompt) throws Exception {
    Map<String, String> environment = askpass.environment(config);
    ProcessBuilder builder = new ProcessBuilder(environment.get("SSH_ASKPASS"), prompt);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? answer : "refused";
  }

  @Test
  void answersOnce() throws Exception {
    try (Askpass askpass = askpass()) {
      assertThat(asked(askpass, DIRECT, "Password: ")).isEqualTo("s3 crét\\$\n");
      assertThat(asked(askpass, DIRECT, "Password: ")).isEqualTo("refused");
    }
  }

  @Test
  void answersNothingButAPasswordAndNoOtherHost() throws Exception {
    try (Askpass askpass = askpass()) {
      for (String prompt :
          new String[] {
            "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
            "Enter passphrase for key '/home/ada/.ssh/id_ed25519': ",
            "Enter PIN for ED25519-SK key: ",
            "ada@gate's password: ",
            "(ada@gate) Password: ",
            "Password: "
          }) {
        assertThat(asked(askpass, BEHIND, prompt)).as(prompt).isEqualTo("refused");
      }
      assertThat(asked(askpass, BEHIND, "ada@worker.one's password: ")).startsWith("s3");
    }
    try (Askpass askpass = askpass()) {
      assertThat(asked(askpass, BEHIND, "(ada@worker.one) Password: ")).startsWith("s3");
    }
  }

  @Test
  void leavesNothing() throws Exception {
    askpass().close();
    assertThat(temporary).isEmptyDirectory();
    assertThat(Files.isDirectory(temporary)).isTrue();
  }
}
