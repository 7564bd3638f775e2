package huddle;

/// The process: the only place that ends it.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(0);
  }
}
