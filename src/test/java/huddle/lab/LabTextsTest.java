package huddle.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a lab decides and writes, without making one.
class LabTextsTest {
  private static final String ROUTES =
      """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
      tun0\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0
      huddle7\t0007D50A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
      """;

  @Test
  void aNetworkIsTakenByARouteAsNarrowAsItAndNotByAWideOne() {
    List<Integer> candidates = Network.candidates("lab", ROUTES);
    assertThat(candidates).hasSize(255).doesNotContain(7).doesNotHaveDuplicates();
    assertThat(candidates.getFirst())
        .isEqualTo(Network.candidates("lab", ROUTES).getFirst())
        .isNotEqualTo(Network.candidates("another", ROUTES).getFirst());
  }

  @Test
  void addressesAndLinksFollowTheNumber() {
    Network network = new Network(7);
    assertThat(network.address(0)).isEqualTo("10.213.7.11");
    assertThat(network.mac(5)).isEqualTo("02:68:64:07:00:10");
    assertThat(Network.port(199)).isEqualTo("port210");
  }

  @Test
  void openSshReadsTheKeysAndAnAddressAlwaysHasTheSame(@TempDir Path folder) throws IOException {
    for (SshKey key : List.of(SshKey.random(), SshKey.ofAddress("id", "10.213.7.11"))) {
      Path file = Files.writeString(folder.resolve("key"), key.privateText());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Output output =
          Processes.run(Processes.BOUND, List.of("ssh-keygen", "-y", "-f", file.toString()));
      assertThat(output.stdout().strip()).isEqualTo(key.publicLine());
    }
    assertThat(SshKey.ofAddress("id", "10.213.7.11"))
        .isEqualTo(SshKey.ofAddress("id", "10.213.7.11"));
    assertThat(SshKey.ofAddress("id", "10.213.7.11"))
        .isNotEqualTo(SshKey.ofAddress("id", "10.213.7.12"));
    assertThat(SshKey.random()).isNotEqualTo(SshKey.random());
  }

  @Test
  void aHostKeepsTheSystemsUsersAndNoneOfThisMachinesPeople() {
    Accounts accounts =
        new Accounts(
            """
            root:x:0:0:root:/root:/bin/bash
            ops:x:42:42::/nonexistent:/usr/sbin/nologin
            me:x:1000:1000::/home/me:/bin/bash
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            damaged line
            """,
            "root:x:0:\nsudo:x:27:me\nme:x:1000:\n");
    List<Login> logins = List.of(Login.of("ops").withHome("/opt/ops"), Login.of("root"));
    assertThat(accounts.passwd(logins, 1010))
        .isEqualTo(
            """
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            ops:x:1010:1010:ops:/opt/ops:/bin/bash
            root:x:0:0:root:/root:/bin/bash
            """);
    assertThat(accounts.group(logins, 1010)).isEqualTo("sudo:x:27:me\nops:x:1010:\nroot:x:0:\n");
    assertThat(accounts.shadow(logins, 1010))
        .contains("ops:*:")
        .contains("root:*:")
        .hasLineCount(3);
  }

  @Test
  void theScriptsAreShWhateverTheNamesHold(@TempDir Path folder) throws IOException {
    FirstBoot firstBoot =
        new FirstBoot(
            HostOptions.of("h")
                .withLogin(Login.of("ada").withHome("/data/it's $HOME").withPassword("a'b"))
                .withFile("/opt/a b", "'\n$(exit 9)"),
            0,
            "10.213.7.11",
            "ssh-ed25519 AAAA",
            SshKey.random(),
            Map.of("other", "10.213.7.12"),
            new Accounts("", ""),
            Map.of());
    assertThat(firstBoot.script()).contains("other");
    Path script = Files.writeString(folder.resolve("make.sh"), firstBoot.script());
    Output output = Processes.run(Processes.BOUND, List.of("sh", "-n", script.toString()));
    assertThat(output).isEqualTo(new Output(0, "", ""));
  }

  @Test
  void wishesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> LabSpec.ordinary("../x", 1, 1)).hasMessageContaining("cannot name");
    assertThatThrownBy(() -> LabSpec.ordinary("lab", 0, 1)).hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> LabSpec.ordinary("lab", 1, 0)).hasMessageContaining("0 MiB");
    assertThatThrownBy(() -> LabSpec.of("lab", HostOptions.of("a"), HostOptions.of("a")))
        .hasMessage("two hosts are named a");
    assertThatThrownBy(() -> HostOptions.of("a b")).hasMessageContaining("host name");
    assertThatThrownBy(() -> Login.of("a:b")).hasMessageContaining("login name");
    assertThatThrownBy(() -> Login.of("a").withHome("b")).hasMessageContaining("home");
  }

  @Test
  void theOperatorsFilesNameEveryHost() {
    OperatorFiles files =
        new OperatorFiles(
            LabFolder.of("lab"),
            List.of(
                new OperatorFiles.Entry("h1", "10.213.7.11", "ada", "ssh-ed25519 A"),
                new OperatorFiles.Entry("h2", "10.213.7.12", "ops", "ssh-ed25519 B")));
    assertThat(files.clusterFile())
        .isEqualTo(
            """
            # Written by `huddle lab up`: the hosts of lab lab.
            name: lab
            master: {host: 10.213.7.11, user: ada, identity: /run/huddle-lab/lab/key}
            workers:
              - {host: 10.213.7.11, user: ada, identity: /run/huddle-lab/lab/key}
              - {host: 10.213.7.12, user: ops, identity: /run/huddle-lab/lab/key}
            """);
    assertThat(files.knownHosts())
        .isEqualTo("10.213.7.11 ssh-ed25519 A\n10.213.7.12 ssh-ed25519 B\n");
    assertThat(files.sshConfig()).contains("Host h2\n  HostName 10.213.7.12\n  User ops\n");
  }
}
