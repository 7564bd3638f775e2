package huddle.spec;

import java.util.Locale;

/// What a host does in the cluster.
public enum Role {
  MASTER,
  WORKER;

  /// As in JSON and in file names: `master`, `worker`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
