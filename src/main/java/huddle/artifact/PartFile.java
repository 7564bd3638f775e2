package huddle.artifact;

import huddle.event.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Writes one answer into the part of a file that is there already, or refuses it.
final class PartFile implements Http.Receiver {
  private static final long REPORT_EVERY = 1 << 21;

  private final Downloads.Wanted wanted;
  private final FileChannel out;
  private final long before;
  private final Progress progress;
  private volatile boolean whole;
  private volatile long position;
  private volatile long announced = -1;

  PartFile(Downloads.Wanted wanted, FileChannel out, long before, Progress progress) {
    this.wanted = wanted;
    this.out = out;
    this.before = before;
    this.progress = progress;
  }

  /// A problem on this machine: no other try will help.
  static final class LocalException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException because;

    LocalException(IOException because) {
      super(because);
      this.because = because;
    }

    IOException because() {
      return because;
    }
  }

  /// Whether all bytes that the index or the server announced are there.
  boolean isWhole() {
    return whole && (announced < 0 || position == announced);
  }

  String shortfall() {
    return position + " of " + announced + " bytes came";
  }

  @Override
  public Body receive(Http.Answer answer) throws IOException {
    switch (answer.status()) {
      case 200 -> position = 0;
      case 206 -> position = start(answer);
      case 416 -> {
        truncate();
        throw new IOException("it does not know the rest of the file");
      }
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new IOException("it answers with status " + answer.status());
      default -> throw refused(answer);
    }
    long length = answer.headers().firstValueAsLong("content-length").orElse(-1);
    if (length >= 0) {
      checkAnnounced(answer, position + length);
    }
    announced = wanted.size().orElse(length < 0 ? -1 : position + length);
    whole = true;
    if (position == 0) {
      truncate();
    }
    return bytes -> write(answer, bytes);
  }

  private long start(Http.Answer answer) throws IOException {
    if (answer.header("content-range").startsWith("bytes " + before + "-")) {
      return before;
    }
    truncate();
    throw new IOException("it sends another part of the file than asked for");
  }

  private void checkAnnounced(Http.Answer answer, long length) {
    if (wanted.size().isPresent() && length != wanted.size().getAsLong()) {
      String form = answer.isHtml() ? "a web page" : "a file";
      throw unfit(
          "%s instead of %s: expected %d bytes, got %d"
              .formatted(form, wanted.what(), wanted.size().getAsLong(), length));
    }
    if (length > wanted.limit()) {
      throw unfit("%d bytes for %s; at most %d".formatted(length, wanted.what(), wanted.limit()));
    }
  }

  private Failure unfit(String what) {
    return Failure.of(
        Http.shown(wanted.uri()) + " sends " + what,
        "check whether a login page or a proxy stands before it, or choose another source");
  }

  private void write(Http.Answer answer, ByteBuffer bytes) throws IOException {
    long end = position + bytes.remaining();
    if (end > wanted.size().orElse(wanted.limit())) {
      throw unfit(
          "more than the %d bytes of %s"
              .formatted(wanted.size().orElse(wanted.limit()), wanted.what()));
    }
    if (position == 0 && (answer.isHtml() || bytes.get(bytes.position()) == '<')) {
      throw unfit("a web page instead of " + wanted.what());
    }
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes, end - bytes.remaining());
      }
    } catch (IOException e) {
      throw new LocalException(e);
    }
    if (position / REPORT_EVERY != end / REPORT_EVERY || end == announced) {
      progress.at("Fetching " + wanted.what(), end, Math.max(announced, 0));
    }
    position = end;
  }

  private void truncate() throws LocalException {
    try {
      out.truncate(0);
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }

  private Failure refused(Http.Answer answer) {
    String from = Http.shown(wanted.uri());
    return switch (answer.status()) {
      case 401, 403, 407 ->
          Failure.of(
              from + " does not let us have " + wanted.what() + " (status " + answer.status() + ")",
              "put user and password into the index's address, as pip wants them");
      case 404, 410 ->
          Failure.of(
              from + " does not have " + wanted.what() + " (status " + answer.status() + ")",
              "name another version or another source in the file");
      default ->
          Failure.of(
              from + " answers with status " + answer.status() + " for " + wanted.what(),
              "try again later or name another source in the file");
    };
  }
}
