package huddle.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import huddle.event.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real sshd that takes passwords, of an account that exists only in its mount namespace.
@Tag("lab")
class PasswordLoginTest {
  private static Sshd sshd;
  private static Path accounts;

  @TempDir Path operator;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "skipped: not root");
    assumeTrue(Sshd.onPath("unshare"), "skipped: no unshare");
    assumeTrue(Sshd.onPath("openssl"), "skipped: no openssl");
    accounts = Files.createTempDirectory("accounts");
    Path home = Files.createDirectory(accounts.resolve("ada"));
    Files.writeString(
        accounts.resolve("passwd"),
        Files.readString(Path.of("/etc/passwd")) + "ada:x:0:0::" + home + ":/bin/sh\n");
    Process hash = new ProcessBuilder("openssl", "passwd", "-6", "s3 crét$").start();
    String hashed =
        new String(hash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    Files.writeString(
        accounts.resolve("shadow"),
        Files.readString(Path.of("/etc/shadow")) + "ada:" + hashed + ":19000:0:99999:7:::\n");
    sshd =
        Sshd.start(
            List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind %s/passwd /etc/passwd && mount --bind %s/shadow /etc/shadow && exec \"$0\" \"$@\""
                    .formatted(accounts, accounts)),
            "PasswordAuthentication yes",
            "AuthorizedKeysFile .ssh/authorized_keys");
  }

  @AfterAll
  static void stop() throws Exception {
    if (sshd != null) {
      sshd.close();
      try (Stream<Path> files = Files.walk(accounts)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Destination ada(Path identity) {
    return new Destination(
        "127.0.0.1",
        Optional.of("ada"),
        OptionalInt.of(sshd.port()),
        Optional.of(identity.toString()));
  }

  @Test
  void installsTheKeyOnceAndConnectsByItFromThenOn() throws Exception {
    Path identity = operator.resolve("id");
    Sshd.keygen(identity);
    Connectors connectors = sshd.connectors();
    Failure refused =
        catchThrowableOfType(Failure.class, () -> connectors.connect("worker.one", ada(identity)));
    assertThat(SshFailure.takesPassword(refused)).isTrue();

    // What sshd's own SetEnv HOME would turn elsewhere is not at stake: the key goes to HOME/.ssh.
    Path keys = sshd.home().resolve(".ssh/authorized_keys");
    Files.createDirectory(keys.getParent());
    Files.writeString(keys, "ssh-ed25519 AAAAother other");
    Files.createSymbolicLink(accounts.resolve("ada/.ssh"), keys.getParent());
    char[] password = "s3 crét$".toCharArray();
    PasswordLogin login = new PasswordLogin(connectors, operator);
    for (int i = 0; i < 2; i++) {
      char[] typed = password.clone();
      Path installed =
          login.installKey(
              "worker.one",
              ada(identity),
              who -> {
                assertThat(who).isEqualTo("ada@127.0.0.1");
                return typed;
              });
      assertThat(installed).isEqualTo(Path.of(identity + ".pub"));
      assertThat(typed).containsOnly('\0');
    }
    assertThat(Files.readAllLines(keys))
        .containsExactly(
            "ssh-ed25519 AAAAother other", Files.readString(Path.of(identity + ".pub")).strip());
    assertThat(
            connectors
                .connect("worker.one", ada(identity))
                .run(ConnectionContract.script("echo in"), ConnectionContract.BOUND)
                .stdout())
        .isEqualTo("in\n");
    assertThat(sshd.folder().resolve("s")).isDirectoryNotContaining("glob:**/askpass*");
  }

  @Test
  void aWrongPasswordChangesNothing() throws Exception {
    Path identity = operator.resolve("id");
    Sshd.keygen(identity);
    PasswordLogin login = new PasswordLogin(sshd.connectors(), operator);
    assertThatThrownBy(
            () -> login.installKey("worker.one", ada(identity), _ -> "wrong".toCharArray()))
        .isInstanceOf(Failure.class)
        .hasMessage("it did not accept the password for ada");
    assertThatThrownBy(() -> login.installKey("worker.one", ada(identity), _ -> null))
        .hasMessage("no password was given");
    assertThat(sshd.folder().resolve("s")).isDirectoryNotContaining("glob:**/askpass*");
  }

  @Test
  void withoutAKeyPairItSaysHowToMakeOne() {
    PasswordLogin login = new PasswordLogin(sshd.connectors(), operator);
    assertThatThrownBy(() ->
            login.installKey("worker.one", ada(operator.resolve("none")), _ -> "x".toCharArray()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there is no public key here to install")
        .extracting(e -> ((Failure) e).remedy())
        .asString()
        .contains("ssh-keygen -t ed25519");
  }
}
