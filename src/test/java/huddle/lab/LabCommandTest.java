package huddle.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.cli.LabCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LabCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void wrongUsageIsTwoAndSaysWhy() {
    assertThat(run("up", "two")).isEqualTo(2);
    assertThat(run("up", "2", "--disk", "big")).isEqualTo(2);
    assertThat(err.toString()).contains("\"big\" is no size; write 4g");
    assertThat(run("up", "201")).isEqualTo(2);
    assertThat(err.toString()).contains("a lab has 1 to 200 hosts");
    assertThat(run("down", "--name", "../etc")).isEqualTo(2);
    assertThat(err.toString()).contains("\"../etc\" cannot name a lab");
    assertThat(run("shape", "h1", "99999")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void everyHelpHasAnExample() {
    for (String command :
        CommandLine.getCommandMethods(LabCommand.class, null).stream()
            .map(java.lang.reflect.Method::getName)
            .toList()) {
      assertThat(run(command, "--help")).isZero();
      assertThat(out.toString()).contains("Example").contains("huddle lab " + command);
    }
  }

  @Test
  @Tag("lab")
  void aLabFromUpToDown() throws IOException {
    assumeTrue(Requirements.isRoot(), "the host lab needs root");
    String name = "test-" + ProcessHandle.current().pid() + "-command";
    try {
      assertThat(run("up", "2", "--name", name, "--disk", "64m", "--owner", "nobody")).isZero();
      Path folder = Path.of("/run/huddle-lab", name);
      assertThat(out.toString()).contains("huddle up -f " + folder + "/huddle.yaml\n");
      assertThat(Files.getOwner(folder.resolve("key")).getName()).isEqualTo("nobody");

      assertThat(run("ssh", "--name", name, "h2", "--", "exit 7")).isEqualTo(7);
      assertThat(run("cut", "--name", name, "h1")).isZero();
      assertThat(run("kill", "--name", name, "h2")).isZero();
      assertThat(run("status", "--name", name)).isZero();
      assertThat(out.toString()).containsPattern("h1 .* cut\n").containsPattern("h2 .* off\n");
      assertThat(run("heal", "--name", name, "h1")).isZero();
      assertThat(run("boot", "--name", name, "h2")).isZero();
      assertThat(run("shape", "--name", name, "h2", "100")).isZero();
      assertThat(run("status", "--name", name)).isZero();
      assertThat(out.toString()).doesNotContain("cut\n").doesNotContain("off\n");
    } finally {
      assertThat(run("down", "--name", name)).isZero();
    }
    assertThat(Lab.names()).doesNotContain(name);
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new LabCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }
}
