package huddle.data;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/// What the hosts of one run know each other by: a key, its certificate, which all of them hold and
/// trust alone, and a token. Made anew for each run and written to no disk.
///
/// @param certificate PEM
/// @param key PEM, PKCS 8
record RunCertificate(String certificate, String key, String token) {
  private static final byte[] ECDSA_WITH_SHA256 =
      HexFormat.of().parseHex("300a06082a8648ce3d040302");

  /// CN=huddle.
  private static final byte[] NAME = HexFormat.of().parseHex("310f300d06035504030c06687564646c65");

  static RunCertificate random() {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      byte[] name = der(0x30, NAME);
      byte[] content =
          der(
              0x30,
              der(0x02, new BigInteger(63, random).add(BigInteger.ONE).toByteArray()),
              ECDSA_WITH_SHA256,
              name,
              // It lives as long as the run. Hosts' clocks may say anything.
              der(0x30, time("000101000000Z"), time("491231235959Z")),
              name,
              pair.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate(), random);
      signature.update(content);
      byte[] certificate =
          der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[] {0}, signature.sign()));
      byte[] token = new byte[32];
      random.nextBytes(token);
      return new RunCertificate(
          pem("CERTIFICATE", certificate),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          HexFormat.of().formatHex(token));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has ECDSA", e);
    }
  }

  private static byte[] time(String text) {
    return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  /// One element of ASN.1: tag, length, content.
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 128) {
      element.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int skip = bytes[0] == 0 ? 1 : 0;
      element.write(0x80 | (bytes.length - skip));
      element.write(bytes, skip, bytes.length - skip);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
