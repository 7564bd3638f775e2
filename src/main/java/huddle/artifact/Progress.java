package huddle.artifact;

/// Takes how far a fetch has come, from any thread, several times a second at most.
@FunctionalInterface
public interface Progress {
  /// Nobody listens.
  Progress SILENT = (text, done, total) -> {};

  /// @param text what is being done, for example `Fetching Spark 4.3.0`
  /// @param done bytes so far
  /// @param total bytes in all; 0 where unknown
  void at(String text, long done, long total);
}
