package huddle.spec;

import java.util.Optional;

/// Where notebooks run and are kept.
///
/// @param host name of one of the cluster's hosts; empty: the Master's
/// @param folder on that host; empty: `notebooks` below the root
public record NotebookSpec(
    @Key(
            value = "the host that JupyterLab and the Connect server run on; default: the Master's",
            example = "worker.one")
        Optional<String> host,
    @Key(
            value = "folder of the notebooks there; default: notebooks in the root",
            example = "~/notebooks")
        Optional<String> folder) {
  /// On the Master's host, below the root.
  public static final NotebookSpec DEFAULT = new NotebookSpec(Optional.empty(), Optional.empty());

  public NotebookSpec {
    folder = folder.map(Paths::withoutLastSlash);
  }
}
