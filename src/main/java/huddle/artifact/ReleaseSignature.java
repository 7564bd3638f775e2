package huddle.artifact;

import huddle.event.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// The OpenPGP signature that a release manager made of a release. Proves, beyond a checksum from
/// the same server, that one of those who may release has made it.
final class ReleaseSignature {
  private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";
  private static final int MOST_KEYS = 2_000;

  /// SHA-256, SHA-384, SHA-512, by OpenPGP's numbers: others can be forged.
  private static final List<Integer> HASHES = List.of(8, 9, 10);

  private ReleaseSignature() {}

  /// Back if one of the keys signed exactly this file.
  ///
  /// @param signature detached, in ASCII armour
  /// @param keys any number of public keys in ASCII armour, with any text between them
  /// @param what it is, for messages
  /// @throws Failure otherwise
  static void verify(Path file, String signature, String keys, String what) {
    try {
      List<PGPPublicKeyRing> rings = rings(keys);
      Optional<String> wrong = Optional.of("none of the keys of its release managers made it");
      for (PGPSignature one : signatures(signature)) {
        for (PGPPublicKeyRing ring : rings) {
          PGPPublicKey key = ring.getPublicKey(one.getKeyID());
          if (key != null) {
            wrong = wrong(file, one, ring, key);
            if (wrong.isEmpty()) {
              return;
            }
          }
        }
      }
      throw refused(what, wrong.orElse(""));
    } catch (IOException | PGPException | RuntimeException e) {
      if (e instanceof Failure failure) {
        throw failure;
      }
      throw refused(what, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private static Failure refused(String what, String why) {
    return Failure.of(
        "the signature of " + what + " does not hold: " + why,
        "do not use what came with it; choose another mirror, or spark: {source: pypi}");
  }

  /// Why a signature by this key does not count.
  private static Optional<String> wrong(
      Path file, PGPSignature signature, PGPPublicKeyRing ring, PGPPublicKey key)
      throws IOException, PGPException {
    String id = String.format(Locale.ROOT, "%016X", key.getKeyID());
    if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
      return Optional.of("it signs something else than a file");
    }
    if (!HASHES.contains(signature.getHashAlgorithm())) {
      return Optional.of("it is made with a hash that can be forged");
    }
    if (key.hasRevocation() || ring.getPublicKey().hasRevocation()) {
      return Optional.of("its key " + id + " was revoked");
    }
    long validSeconds = key.getValidSeconds();
    long age =
        Duration.between(key.getCreationTime().toInstant(), signature.getCreationTime().toInstant())
            .toSeconds();
    if (age < 0 || (validSeconds > 0 && age > validSeconds)) {
      return Optional.of("its key " + id + " was not valid when it was made");
    }
    signature.init(new BcPGPContentVerifierBuilderProvider(), key);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        signature.update(buffer, 0, n);
      }
    }
    return signature.verify()
        ? Optional.empty()
        : Optional.of("the file is not what key " + id + " signed");
  }

  private static List<PGPSignature> signatures(String armoured) throws IOException {
    List<PGPSignature> all = new ArrayList<>();
    BcPGPObjectFactory objects = new BcPGPObjectFactory(PGPUtil.getDecoderStream(bytes(armoured)));
    for (Object next = objects.nextObject(); next != null; next = objects.nextObject()) {
      if (next instanceof PGPSignatureList list) {
        list.forEach(all::add);
      }
    }
    return all;
  }

  /// Apache's file of keys is many blocks, each after the names that signed it. One that cannot be
  /// read makes no other worth less.
  private static List<PGPPublicKeyRing> rings(String keys) {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    int from = keys.indexOf(BEGIN);
    while (from >= 0 && rings.size() < MOST_KEYS) {
      int to = keys.indexOf(END, from);
      if (to < 0) {
        break;
      }
      try (ArmoredInputStream block =
          new ArmoredInputStream(bytes(keys.substring(from, to + END.length()) + "\n"))) {
        PGPPublicKeyRingCollection found = new BcPGPPublicKeyRingCollection(block);
        found.forEach(rings::add);
      } catch (IOException | PGPException | RuntimeException e) {
        // Old forms of keys that the library no longer reads.
      }
      from = keys.indexOf(BEGIN, to);
    }
    return rings;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
