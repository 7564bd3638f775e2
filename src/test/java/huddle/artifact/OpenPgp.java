package huddle.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/// A release manager with an OpenPGP key of a test's own.
record OpenPgp(BcPGPKeyPair pair) {
  static OpenPgp made() throws Exception {
    return made(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /// @param created from when on the key is valid
  static OpenPgp made(Instant created) throws Exception {
    Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
    generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
    return new OpenPgp(
        new BcPGPKeyPair(
            PublicKeyPacket.VERSION_4,
            PublicKeyAlgorithmTags.EDDSA_LEGACY,
            generator.generateKeyPair(),
            Date.from(created)));
  }

  /// As in a file of keys: some words, then the key.
  String publicKey() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArmoredOutputStream armour = ArmoredOutputStream.builder().build(out)) {
      new PGPPublicKeyRing(java.util.List.of(pair.getPublicKey())).encode(armour);
    }
    return "pub   ed25519 release manager\n\n" + out.toString(StandardCharsets.US_ASCII) + "\n";
  }

  String sign(byte[] file) throws Exception {
    return sign(file, HashAlgorithmTags.SHA512);
  }

  /// A detached signature.
  String sign(byte[] file, int hash) throws Exception {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), hash),
            pair.getPublicKey());
    generator.init(PGPSignature.BINARY_DOCUMENT, pair.getPrivateKey());
    generator.update(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArmoredOutputStream armour = ArmoredOutputStream.builder().build(out)) {
      generator.generate().encode(armour);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }
}
