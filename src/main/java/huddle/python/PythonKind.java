package huddle.python;

import java.util.List;

/// Which of a cluster's environments. What they share they share in the same versions: the second
/// is resolved with the first one's pins as constraints.
public enum PythonKind {
  /// Drivers and executors, on every host.
  CLUSTER,

  /// Notebook server and kernels, on the notebook's host only.
  NOTEBOOK;

  private static final List<String> NOTEBOOKS =
      List.of(
          "jupyterlab>=4,<5",
          "jupyter-server>=2",
          "jupyter-server-proxy>=4",
          "jupyter-resource-usage>=1",
          "ipykernel>=6",
          "sparkmonitor>=3.3",
          "matplotlib",
          "nbclient",
          "pandas",
          "pyarrow",
          "pyspark[connect]");

  /// Packages that it has whatever the file says.
  public List<String> extra() {
    return switch (this) {
      case CLUSTER -> List.of();
      case NOTEBOOK -> NOTEBOOKS;
    };
  }
}
