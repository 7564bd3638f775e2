package huddle.delivery;

import huddle.artifact.OperatorEnvironment;
import huddle.python.Pins;
import huddle.python.PythonKind;
import huddle.python.PythonRequest;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import huddle.spec.PythonSpec;
import java.util.List;

/// What the file asks a cluster's environments of Python to hold.
record PythonRequests(OperatorEnvironment operator, ClusterSpec spec, SparkVersion spark) {
  /// @param minor of Python, `3.11`
  /// @param base pins that it must agree with
  PythonRequest of(PythonKind kind, String minor, Pins base) {
    PythonSpec python = spec.python();
    boolean asked = python.packages().isPresent() || python.requirements().isPresent();
    // Whoever names an interpreter of their own has their packages there.
    List<String> otherwise =
        python.path().isPresent() || python.requirements().isPresent()
            ? List.of()
            : PythonRequest.DEFAULT;
    return new PythonRequest(
        kind,
        spark,
        minor,
        python.packages().orElse(otherwise),
        python.requirements().map(written -> RequirementsReader.read(operator.expand(written))),
        base,
        asked || kind != PythonKind.CLUSTER);
  }
}
