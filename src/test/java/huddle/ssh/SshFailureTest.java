package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import huddle.event.Failure;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What OpenSSH 9.2 printed, and what Huddle says.
class SshFailureTest {
  private static final Destination ADA =
      new Destination(
          "worker.one", Optional.of("ada"), OptionalInt.of(2222), Optional.of("~/.ssh/lab"));
  private static final String JUMP =
      "kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535\n";

  private static final String CHANGED =
      """
      @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
      @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
      @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
      IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
      Someone could be eavesdropping on you right now (man-in-the-middle attack)!
      It is also possible that a host key has just been changed.
      The fingerprint for the ED25519 key sent by the remote host is
      SHA256:U32Tr3j3kLvVwh1xMr4jfVlxy2jDLyz4wQuVQETGo18.
      Please contact your system administrator.
      Add correct host key in /home/ada/.ssh/known_hosts to get rid of this message.
      Offending ED25519 key in /home/ada/.ssh/known_hosts:7
        remove with:
        ssh-keygen -f "/home/ada/.ssh/known_hosts" -R "[worker.one]:2222"
      Host key for [worker.one]:2222 has changed and you have requested strict checking.
      Host key verification failed.
      """;

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(
            CHANGED,
            "its host key has changed: it showed ED25519 SHA256:U32Tr3j3kLvVwh1xMr4jfVlxy2jDLyz4wQuVQETGo18,"
                + " but line 7 of /home/ada/.ssh/known_hosts holds another one",
            "ssh-keygen -f \"/home/ada/.ssh/known_hosts\" -R \"[worker.one]:2222\""),
        Arguments.of(
            """
            No ED25519 host key is known for [worker.one]:2222 and you have requested strict checking.
            Host key verification failed.
            """,
            "its host key is unknown, and your ssh configuration wants it known beforehand",
            "add its ED25519 key to known_hosts"),
        Arguments.of(
            "Host key verification failed.\n",
            "its host key could not be verified",
            "ssh -i ~/.ssh/lab -p 2222 ada@worker.one"),
        Arguments.of(
            "ssh: Could not resolve hostname worker.one: Name or service not known\n",
            "the name worker.one does not resolve",
            "correct the name"),
        Arguments.of(
            "ssh: connect to host 10.0.0.7 port 2222: Connection refused\n",
            "10.0.0.7 refuses connections on port 2222",
            "sshd"),
        Arguments.of(
            "ssh: connect to host 10.0.0.7 port 22: No route to host\n",
            "10.0.0.7 port 22 cannot be reached: No route to host",
            "network"),
        Arguments.of(
            "ssh: connect to host 10.0.0.7 port 22: Connection timed out\n",
            "10.0.0.7 port 22 cannot be reached: Connection timed out",
            "network"),
        Arguments.of(
            "Connection timed out during banner exchange\nConnection to 10.255.255.1 port 22 timed out\n",
            "it does not answer",
            "firewall"),
        Arguments.of(
            "ada@worker.one: Permission denied (publickey).\n",
            "ada@worker.one was not let in: none of your keys is accepted (it takes: publickey)",
            "ssh-add"),
        Arguments.of(
            "ada@worker.one: Permission denied (publickey,password).\n",
            "ada@worker.one was not let in: none of your keys is accepted (it takes: publickey, password)",
            "ssh-copy-id -i ~/.ssh/lab -p 2222 ada@worker.one"),
        Arguments.of(
            """
            Received disconnect from 10.0.0.7 port 22:2: Too many authentication failures
            Disconnected from 10.0.0.7 port 22
            """,
            "it gave up after trying too many of your keys",
            "identity:"),
        Arguments.of(
            """
            Warning: Identity file nokey not accessible: No such file or directory.
            ada@worker.one: Permission denied (publickey).
            """,
            "the key nokey cannot be read: No such file or directory",
            "identity:"),
        Arguments.of(
            """
            Permissions 0644 for '/home/ada/.ssh/lab' are too open.
            It is required that your private key files are NOT accessible by others.
            This private key will be ignored.
            Load key "/home/ada/.ssh/lab": bad permissions
            ada@worker.one: Permission denied (publickey).
            """,
            "the key /home/ada/.ssh/lab is readable by others (mode 0644), so ssh does not use it",
            "chmod 600 /home/ada/.ssh/lab"),
        Arguments.of(
            "Load key \"junk\": error in libcrypto\nada@worker.one: Permission denied (publickey).\n",
            "the key junk cannot be used: error in libcrypto",
            "ssh-add junk"),
        Arguments.of(
            "Unable to negotiate with 127.0.0.1 port 22: no matching key exchange method found. Their offer: old-sha1\n",
            "its ssh and yours share no key exchange method (it offers old-sha1)",
            "~/.ssh/config"),
        Arguments.of(
            """
            /home/ada/.ssh/config: line 3: Bad configuration option: bogus
            /home/ada/.ssh/config: terminating, 1 bad configuration options
            """,
            "your ssh configuration is wrong: /home/ada/.ssh/config: line 3: Bad configuration option: bogus",
            "correct it"),
        Arguments.of(
            "Bad owner or permissions on /home/ada/.ssh/config\n",
            "ssh does not read /home/ada/.ssh/config because others may write to it",
            "chmod 600"),
        Arguments.of(
            "hostname contains invalid characters\n", "that is not a host name", "correct"),
        Arguments.of(
            "kex_exchange_identification: banner line contains invalid characters\n",
            "what answers on that port is no sshd",
            "port"),
        Arguments.of(
            "kex_exchange_identification: read: Connection reset by peer\nConnection reset by 10.0.0.7 port 22\n",
            "its sshd closed the connection before the login, several times",
            "overloaded"),
        Arguments.of(
            "ssh: Could not resolve hostname gate: Name or service not known\n" + JUMP,
            "its jump host: ssh: Could not resolve hostname gate: Name or service not known",
            "First make this work by hand: ssh "),
        Arguments.of(
            "ada@gate: Permission denied (publickey,password).\n" + JUMP,
            "its jump host: ada@gate: Permission denied (publickey,password).",
            "by hand"),
        Arguments.of(
            "channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed\n"
                + JUMP,
            "its jump host: it cannot reach the host: Connection refused",
            "from the jump host"),
        Arguments.of(
            "Timeout, server worker.one not responding.\n", "the ssh connection broke", "network"),
        Arguments.of("", "the ssh connection broke", "switched on"),
        Arguments.of(
            "\u001b[31mstrange\u001b[0m\nthing\n", "ssh failed (exit code 255): thing", "ssh -v "));
  }

  @ParameterizedTest
  @MethodSource("table")
  void explains(String stderr, String what, String remedy) {
    Failure failure = SshFailure.explain("worker.one", ADA, 255, stderr);
    assertThat(failure.what()).isEqualTo(what);
    assertThat(failure.remedy()).contains(remedy);
    assertThat(failure.host()).contains("worker.one");
    assertThat(failure.detail()).isEqualTo(stderr);
  }

  @Test
  void knowsWhereAPasswordWouldDo() {
    assertThat(takesPassword("ada@w: Permission denied (publickey,password).")).isTrue();
    assertThat(takesPassword("ada@w: Permission denied (publickey,keyboard-interactive)."))
        .isTrue();
    assertThat(takesPassword("ada@w: Permission denied (publickey).")).isFalse();
    assertThat(takesPassword("ada@gate: Permission denied (password).\n" + JUMP)).isFalse();
    assertThat(takesPassword(CHANGED)).isFalse();
  }

  private static boolean takesPassword(String stderr) {
    return SshFailure.takesPassword(SshFailure.explain("w", ADA, 255, stderr));
  }

  @Test
  void knowsASshdThatIsBusy() {
    assertThat(
            SshFailure.isTurnedAway(
                "kex_exchange_identification: Connection closed by remote host\n"))
        .isTrue();
    assertThat(SshFailure.isTurnedAway(JUMP)).isTrue();
    assertThat(SshFailure.isTurnedAway("ada@gate: Permission denied (publickey).\n" + JUMP))
        .isFalse();
    assertThat(
            SshFailure.isTurnedAway(
                "kex_exchange_identification: banner line contains invalid characters\n"))
        .isFalse();
  }
}
