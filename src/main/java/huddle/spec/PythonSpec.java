package huddle.spec;

import java.util.Optional;

/// Which Python driver and executors run on. The same minor version on every host.
public record PythonSpec(
    @Key(
            value = "minor version; default: the newest that most hosts have, the Master's too",
            example = "\"3.11\"")
        Optional<String> version,
    @Key(value = "path of the interpreter on every host", example = "/opt/python/bin/python3")
        Optional<String> path) {
  /// The newest suitable one that all hosts share.
  public static final PythonSpec DEFAULT = new PythonSpec(Optional.empty(), Optional.empty());
}
