package huddle.apply;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.spark.PageKey;
import huddle.ssh.Connection;
import huddle.ssh.Connectors;
import huddle.ssh.Destination;
import huddle.ssh.SshClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script, on this machine.
class DoorsScriptTest {
  @TempDir Path home;

  private Connection here() {
    return new Connectors(
            new SshClient("ssh", home.resolve("known_hosts"), List.of()),
            Map.of("HOME", home.toString(), "PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
            _ -> {})
        .connect(
            "one",
            new Destination("localhost", Optional.empty(), OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void tellsTheCredentialAndThePortsOfThisLogin() throws Exception {
    Files.createDirectories(home.resolve("c d/conf"));
    Files.writeString(home.resolve("c d/conf/secret"), "ab".repeat(32));
    int closed;
    try (ServerSocket any = new ServerSocket(0, 1)) {
      try (ServerSocket v4 = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        closed = v4.getLocalPort();
        PageCredential.Doors doors = new PageCredential(here(), "~/c d").doors();
        assertThat(doors.authorization()).contains(PageKey.authorization("ab".repeat(32)));
        assertThat(doors.ports()).contains(closed, any.getLocalPort());
      }
      assertThat(PageCredential.ports(here())).contains(any.getLocalPort()).doesNotContain(closed);
    }
  }

  @Test
  void whereNothingIsThereIsNoCredential() {
    assertThat(new PageCredential(here(), home + "/none").doors().authorization()).isEmpty();
  }
}
