package huddle.doctor;

/// A TCP port that a process of the cluster listens on.
///
/// @param host its name in the file
/// @param process what it is, in Spark's words: `Master`, `Worker`, `executor`, `driver` …
/// @param address that it is bound to, numeric; `0.0.0.0` or `::` for all of the host's
public record Door(String host, String process, int pid, String address, int port) {
  /// Whether only the host itself reaches it.
  public boolean isLoopback() {
    return address.startsWith("127.") || address.equals("::1");
  }

  /// The address to knock at from elsewhere.
  ///
  /// @param reached where the other hosts reach this one
  String addressFrom(String reached) {
    return address.equals("0.0.0.0") || address.equals("::") || isLoopback() ? reached : address;
  }
}
