package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
  private static final String PRINTED =
      """
      user ada
      hostname Worker-1.example.org
      port 2222
      stricthostkeychecking false
      userknownhostsfile /home/ada/.ssh/known_hosts /home/ada/.ssh/known_hosts2
      connecttimeout none
      identityfile ~/.ssh/id_rsa
      identityfile ~/.ssh/id_ed25519
      proxyjump gate
      """;

  @TempDir Path temporary;

  @Test
  void readsWhatSshSays() {
    SshConfig config = SshConfig.parse(PRINTED);
    assertThat(config.knownHostsName()).isEqualTo("[worker-1.example.org]:2222");
    assertThat(config.user()).isEqualTo("ada");
    assertThat(config.jumps()).isTrue();
    assertThat(config.connectTimeout()).isEmpty();
    assertThat(config.identityFiles()).containsExactly("~/.ssh/id_rsa", "~/.ssh/id_ed25519");
    assertThat(SshConfig.parse(PRINTED + "connecttimeout 3\nhostkeyalias w\n").digest())
        .isNotEqualTo(config.digest());
  }

  @Test
  void neverSwitchesTheHostKeyCheckOff() {
    for (String own : List.of("false", "off", "no", "ask", "accept-new", "")) {
      assertThat(SshConfig.parse("stricthostkeychecking " + own).strictHostKeyChecking())
          .isEqualTo("accept-new");
    }
    assertThat(SshConfig.parse("stricthostkeychecking true").strictHostKeyChecking())
        .isEqualTo("yes");
  }

  @Test
  void commandLinesNameTheHostAfterDashes() {
    SshClient client =
        new SshClient("ssh", Path.of("/home/a b/100%/known_hosts"), List.of("-F", "own"));
    Destination odd =
        new Destination(
            "-oProxyCommand=evil", Optional.of("-x"), OptionalInt.empty(), Optional.empty());
    SshClient.Target target =
        new SshClient.Target(odd, SshConfig.parse(PRINTED), Path.of("/run/s"), "0123");
    assertThat(client.script(target))
        .containsSubsequence(
            "-F", "own", "-l", "-x", "--", "-oProxyCommand=evil", Bootstrap.COMMAND)
        .contains(
            "BatchMode=yes",
            "StrictHostKeyChecking=accept-new",
            "ForwardAgent=no",
            "ClearAllForwardings=yes",
            "ControlPath=\"/run/s/0123\"",
            "UserKnownHostsFile=\"/home/a b/100%%/known_hosts\""
                + " /home/ada/.ssh/known_hosts /home/ada/.ssh/known_hosts2");
    assertThat(client.dial(target, "::1", 8080)).containsSubsequence("-W", "[::1]:8080", "--");
    for (List<String> words :
        List.of(
            client.script(target),
            client.master(target),
            client.interactive(target),
            client.password(target))) {
      assertThat(words)
          .doesNotContain("StrictHostKeyChecking=no")
          .contains("StrictHostKeyChecking=accept-new");
    }
  }

  @Test
  void tellsWhichKeyWasAdded() {
    String key = "AAAAC3NzaC1lZDI1NTE5AAAAIFp0TTd2vQSZcEMVqmHWkYQwyD6WWTUKYCF1XlOFnTVA";
    KnownHosts before = new KnownHosts(List.of("# mine", "other ssh-ed25519 " + key));
    KnownHosts after =
        new KnownHosts(
            List.of(
                "# mine",
                "other ssh-ed25519 " + key,
                "[w]:2222,[10.0.0.7]:2222 ssh-ed25519 " + key,
                "bad ssh-rsa !"));
    assertThat(after.addedSince(before, "[w]:2222"))
        .hasValueSatisfying(k -> assertThat(k).matches("ED25519 SHA256:[A-Za-z0-9+/]{43}"));
    assertThat(after.addedSince(before, "other")).isEmpty();
    assertThat(after.addedSince(before, "bad")).contains("RSA (unreadable)");
    assertThat(KnownHosts.read(temporary.resolve("none")).lines()).isEmpty();
  }

  @Test
  void socketsAreInAFolderThatOnlyTheOperatorEnters() throws Exception {
    Path run = Files.createTempDirectory(Path.of("/tmp"), "hs");
    Path folder = SocketDirectory.open(Map.of("XDG_RUNTIME_DIR", run.toString()));
    assertThat(folder).isEqualTo(run.resolve("huddle"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(SocketDirectory.secured(folder)).isEqualTo(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> SocketDirectory.secured(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not a folder that only you can enter");
    Files.delete(folder);
    Files.createSymbolicLink(folder, temporary);
    assertThatThrownBy(() -> SocketDirectory.secured(folder)).isInstanceOf(Failure.class);
    Files.delete(folder);
    Files.delete(run);
  }
}
