package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Whose certificates are believed: Java's own list, this machine's, and PEM bundles that the
/// operator or pip's configuration names, as company mirrors need.
final class TrustedCertificates {
  /// Where Linux systems keep the machine's bundle.
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private static final List<String> VARIABLES =
      List.of("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE");

  private TrustedCertificates() {}

  /// A context that trusts all of them.
  ///
  /// @param more named elsewhere than in the environment
  /// @throws Failure if a bundle that was named cannot be read
  static SSLContext context(OperatorEnvironment environment, List<Path> more) {
    List<Path> named = new ArrayList<>(more);
    VARIABLES.forEach(
        variable -> environment.get(variable).map(environment::expand).ifPresent(named::add));
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      add(store, javasOwn());
      Optional<Path> system = SYSTEM.stream().filter(Files::isReadable).findFirst();
      if (system.isPresent()) {
        addLeniently(store, system.get());
      }
      for (Path bundle : named.stream().distinct().toList()) {
        // pip and uv also take a folder of hashed certificates; the machine's bundle has those.
        if (!Files.isDirectory(bundle) && !system.equals(Optional.of(bundle))) {
          add(store, read(bundle));
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<X509Certificate> javasOwn() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    List<X509Certificate> issuers = new ArrayList<>();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        issuers.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return issuers;
  }

  private static List<Certificate> read(Path bundle) {
    try (InputStream in = Files.newInputStream(bundle)) {
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    } catch (IOException | GeneralSecurityException e) {
      throw Failure.of(
          "cannot read the certificates in " + bundle,
          "name a bundle in PEM format in SSL_CERT_FILE, PIP_CERT or pip's setting cert, or unset"
              + " it");
    }
  }

  // One odd certificate in the machine's bundle must not stop everything.
  private static void addLeniently(KeyStore store, Path bundle) throws GeneralSecurityException {
    try {
      add(store, read(bundle));
    } catch (Failure e) {
      return;
    }
  }

  private static void add(KeyStore store, List<? extends Certificate> certificates)
      throws GeneralSecurityException {
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca" + store.size(), certificate);
    }
  }
}
