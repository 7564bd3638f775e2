package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Java's exceptions in a person's words.
final class Reason {
  /// As the JDK's HTTP client says that an answer ended early.
  private static final Pattern SHORT =
      Pattern.compile("fixed content-length: ([0-9]+), bytes received: ([0-9]+)");

  private Reason() {}

  /// Why a server could not be asked, as the second half of a sentence.
  static String of(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "its name does not resolve";
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return "no connection within 10 seconds";
      }
      if (cause instanceof SSLException) {
        return "its certificate is not trusted (" + cause.getMessage() + ")";
      }
    }
    String message = failure.getMessage();
    Matcher cut = SHORT.matcher(message == null ? "" : message);
    if (cut.find()) {
      return "it broke off after %s of %s bytes".formatted(cut.group(2), cut.group(1));
    }
    if (failure instanceof ConnectException) {
      return message == null ? "the connection was refused" : "no connection: " + message;
    }
    if (message == null) {
      return "the connection broke";
    }
    return message.replaceFirst("^Tunnel failed, got: ", "the proxy answers with status ");
  }

  /// The failure to reach a server.
  static Failure unreachable(String what, URI uri, IOException failure) {
    String remedy =
        isTrust(failure)
            ? "name your company's certificates (a PEM bundle) in SSL_CERT_FILE"
            : "check the network and the settings HTTPS_PROXY and NO_PROXY, then run it again";
    return Failure.of(
        "cannot fetch " + what + " from " + Http.shown(uri) + ": " + of(failure), remedy);
  }

  private static boolean isTrust(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  /// The failure to write below the cache.
  static Failure unwritable(Path file, IOException failure) {
    return Failure.of(
        "cannot write " + file + ": " + ofFile(failure),
        "free some space or make the folder writable, or name another in XDG_CACHE_HOME");
  }

  /// The failure to read what is in the cache.
  static Failure unreadable(Path file, IOException failure) {
    return Failure.of(
        "cannot read " + file + ": " + ofFile(failure), "remove the file, then run it again");
  }

  /// Why a file could not be read or written.
  static String ofFile(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileSystemException other when other.getReason() != null ->
          other.getReason() + ": " + other.getFile();
      // Java's switch over an open type wants this branch.
      default -> String.valueOf(failure.getMessage());
    };
  }
}
