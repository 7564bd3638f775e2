package huddle.event;

import java.util.Optional;

/// Something that stops a host or a command: what happened, where, and the way out. Thrown at the
/// edges, caught by the runner (per host) or by the command line (exit code 1, or 2 for wrong
/// input); never shown as a stack trace.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final String remedy;
  private final String detail;

  /// @param host the host's name as written in the file; empty where no host is involved
  /// @param what one sentence, without the host: what failed and why
  /// @param remedy one sentence: what to do; empty where there is nothing to add
  /// @param detail full output for the log, never printed; may be empty
  public Failure(String host, String what, String remedy, String detail) {
    super(Printable.line(what));
    this.host = Printable.line(host);
    this.remedy = Printable.line(remedy);
    this.detail = detail;
  }

  /// A failure that belongs to no host.
  public static Failure of(String what, String remedy) {
    return new Failure("", what, remedy, "");
  }

  /// A failure of one host.
  public static Failure on(String host, String what, String remedy) {
    return new Failure(host, what, remedy, "");
  }

  /// The host it happened on, if any.
  public Optional<String> host() {
    return host.isEmpty() ? Optional.empty() : Optional.of(host);
  }

  /// What failed and why, safe to print, one line.
  public String what() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /// What to do about it; may be empty.
  public String remedy() {
    return remedy;
  }

  /// The whole output behind it, for the log; hostile text, not cleaned.
  public String detail() {
    return detail;
  }
}
