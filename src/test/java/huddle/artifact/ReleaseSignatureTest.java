package huddle.artifact;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import huddle.event.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who signed what.
class ReleaseSignatureTest {
  private static final byte[] CONTENT = "a release".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private void verify(byte[] content, String signature, String keys) throws Exception {
    Path file = Files.write(folder.resolve("release.tgz"), content);
    ReleaseSignature.verify(file, signature, keys, "Spark 4.3.0");
  }

  @Test
  void holdsForTheFileThatWasSigned() throws Exception {
    OpenPgp manager = OpenPgp.made();
    String keys =
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\ndamaged\n-----END PGP PUBLIC KEY BLOCK-----\n"
            + OpenPgp.made().publicKey()
            + manager.publicKey();
    assertThatCode(() -> verify(CONTENT, manager.sign(CONTENT), keys)).doesNotThrowAnyException();
  }

  @Test
  void doesNotHoldForAnotherFile() throws Exception {
    OpenPgp manager = OpenPgp.made();
    assertThatThrownBy(() ->
            verify(
                "another".getBytes(StandardCharsets.UTF_8),
                manager.sign(CONTENT),
                manager.publicKey()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the file is not what key");
  }

  @Test
  void doesNotHoldWithAHashThatCanBeForged() throws Exception {
    OpenPgp manager = OpenPgp.made();
    assertThatThrownBy(() ->
            verify(CONTENT, manager.sign(CONTENT, HashAlgorithmTags.SHA1), manager.publicKey()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("hash that can be forged");
  }

  @Test
  void doesNotHoldBeforeItsKeyWasMade() throws Exception {
    OpenPgp manager = OpenPgp.made(Instant.parse("2100-01-01T00:00:00Z"));
    assertThatThrownBy(() -> verify(CONTENT, manager.sign(CONTENT), manager.publicKey()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("was not valid when it was made");
  }

  @Test
  void anythingElseIsNoSignature() throws Exception {
    OpenPgp manager = OpenPgp.made();
    for (String text : new String[] {"", "<html>", "-----BEGIN PGP SIGNATURE-----\n\nxx\n"}) {
      assertThatThrownBy(() -> verify(CONTENT, text, manager.publicKey()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("the signature of Spark 4.3.0 does not hold");
    }
  }
}
