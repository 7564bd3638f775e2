package huddle.apply;

import java.nio.file.Path;

/// The archives that go to hosts, on the operator's machine by now.
public interface Payloads {
  /// The cluster's Spark as a plain tar.
  Payload spark();

  /// A Java runtime for a platform such as `x86_64-glibc`.
  Payload java(String platform);

  /// The JVM libraries of the file.
  Payload packages();

  /// The packages of a Python environment.
  ///
  /// @param folder that it becomes, which its digest names
  /// @param platform such as `x86_64-glibc`
  Payload python(String folder, String platform);

  /// A Python interpreter for a platform.
  Payload interpreter(String platform);

  /// @param tar plain, entries relative to the folder it becomes
  /// @param identity kept beside it on the host
  record Payload(Path tar, String identity, long bytes) {}
}
