package huddle.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What runs on a host for the cluster: a daemon each. In the order in which they start.
public enum Role {
  MASTER("Master"),
  WORKER("Worker"),
  HISTORY("History Server"),
  CONNECT("Connect server"),
  THRIFT("thrift server"),
  NOTEBOOK("notebook server");

  /// Those that the cluster is up without: each runs once, where [ClusterSpec#placeOf] says.
  public static final List<Role> SERVICES =
      Arrays.stream(values()).filter(Role::isService).toList();

  private final String title;

  Role(String title) {
    this.title = title;
  }

  /// As in JSON and in file names: `master`, `worker`, `connect`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// In sentences: `Master`, `Connect server`.
  public String title() {
    return title;
  }

  /// Whether it is a driver: an Application, named [#title], for as long as it serves.
  public boolean isApplication() {
    return this == CONNECT || this == THRIFT;
  }

  /// Whether it is one of [#SERVICES].
  public boolean isService() {
    return this != MASTER && this != WORKER;
  }
}
