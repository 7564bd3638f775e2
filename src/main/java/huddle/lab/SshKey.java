package huddle.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An Ed25519 key pair as OpenSSH keeps it.
///
/// @param privateText the private key's file
/// @param publicLine `ssh-ed25519 <base64>`, without a comment
record SshKey(String privateText, String publicLine) {
  private static final String TYPE = "ssh-ed25519";
  private static final int SEED_BYTES = 32;

  /// A key that nobody had before.
  static SshKey random() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return of(seed);
  }

  /// The same key whenever the same machine asks for the same address: a lab that is made again has
  /// the host keys it had, and the operator's known_hosts stays right. No secret is kept by it: a
  /// lab's hosts are reachable from their own machine only.
  static SshKey ofAddress(String machineId, String address) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(("lab " + machineId).getBytes(StandardCharsets.UTF_8), "raw"));
      return of(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SshKey of(byte[] seed) {
    byte[] publicBytes = publicBytes(seed);
    byte[] publicBlob =
        blob(out -> {
          string(out, TYPE);
          string(out, publicBytes);
        });
    byte[] keyPair = Arrays.copyOf(seed, seed.length + publicBytes.length);
    System.arraycopy(publicBytes, 0, keyPair, seed.length, publicBytes.length);
    byte[] privateBlob =
        blob(out -> {
          // Two equal numbers, by which a wrong passphrase would be noticed.
          out.writeLong(0);
          string(out, TYPE);
          string(out, publicBytes);
          string(out, keyPair);
          string(out, "");
          for (int pad = 1; out.size() % 8 != 0; pad++) {
            out.writeByte(pad);
          }
        });
    byte[] file =
        blob(out -> {
          out.writeBytes("openssh-key-v1\0");
          string(out, "none");
          string(out, "none");
          string(out, "");
          out.writeInt(1);
          string(out, publicBlob);
          string(out, privateBlob);
        });
    String text = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file);
    return new SshKey(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + "\n-----END OPENSSH PRIVATE KEY-----\n",
        TYPE + " " + Base64.getEncoder().encodeToString(publicBlob));
  }

  private static byte[] publicBytes(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, new Seed(seed));
      // The raw public key is the tail of its X.509 form.
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] blob(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void string(DataOutputStream out, String text) throws IOException {
    string(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void string(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /// The JDK derives a public key only where it draws the private one: this is what it draws.
  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
