package huddle.spec;

import java.util.List;
import java.util.Optional;

/// The one Python that driver, executors and notebooks run on: the same minor version and the same
/// packages on every host.
///
/// @param packages requirements as pip writes them; empty: not said
/// @param requirements a file on the operator's machine that names more of them
/// @param source of the interpreter, where hosts share none: a tarball or folder of a CPython
public record PythonSpec(
    @Key(
            value = "minor version; default: the newest that most hosts have, the Master's too",
            example = "\"3.11\"")
        Optional<String> version,
    @Key(value = "path of the interpreter on every host", example = "/opt/python/bin/python3")
        Optional<String> path,
    @Key(
            value = "what driver and executors can import; default: [pandas, pyarrow]",
            example = "[pandas, pyarrow, scipy]")
        Optional<List<String>> packages,
    @Key(
            value = "requirements.txt, pyproject.toml or uv.lock on this machine",
            example = "~/project/requirements.txt")
        Optional<String> requirements,
    @Key(
            value = "archive or folder of a CPython on this machine, for hosts without one",
            example = "~/cpython-3.13.tar.gz")
        Optional<String> source) {
  /// The newest suitable one that all hosts share, with the default packages.
  public static final PythonSpec DEFAULT =
      new PythonSpec(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public PythonSpec {
    packages = packages.map(List::copyOf);
  }
}
