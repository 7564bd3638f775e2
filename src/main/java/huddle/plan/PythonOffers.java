package huddle.plan;

import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import java.util.Map;
import java.util.Optional;

/// What the operator can bring of Python.
///
/// @param environments that are wanted, by kind; without the one of [PythonKind#CLUSTER] drivers
///   and executors run on the bare interpreter
/// @param interpreters by platform ([Offers#platform]), for hosts that have no suitable one
/// @param everywhere whether all hosts get theirs, also those with one of their own: the file names
///   it
public record PythonOffers(
    Map<PythonKind, PythonEnvironment> environments,
    Map<String, Interpreter> interpreters,
    boolean everywhere) {
  /// Hosts' own bare Python.
  public static final PythonOffers NONE = new PythonOffers(Map.of(), Map.of(), false);

  public PythonOffers {
    environments = Map.copyOf(environments);
    interpreters = Map.copyOf(interpreters);
  }

  /// @param folder that it is kept in below the root, `cpython-3.13`
  /// @param minor `3.13`
  public record Interpreter(String folder, String minor) {
    /// Where it lies below the root.
    public String python() {
      return folder + "/bin/python3";
    }
  }

  /// One environment, if it is wanted.
  public Optional<PythonEnvironment> environment(PythonKind kind) {
    return Optional.ofNullable(environments.get(kind));
  }
}
