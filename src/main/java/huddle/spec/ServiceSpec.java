package huddle.spec;

import java.util.Optional;
import java.util.OptionalInt;

/// Whether a service beside the Master runs, and what it may take: `true`, `false`, or a map.
///
/// @param enabled true: `up` starts it and keeps it running; false: `up` stops it; empty: it runs
///   from the day a command asks for it
/// @param cores most cores that it takes from the cluster; empty: the share of an interactive
///   Application
/// @param memory of its own process
public record ServiceSpec(
    @Key(
            value = "true: part of up; false: never; default: once its command asks for it",
            example = "true")
        Optional<Boolean> enabled,
    @Key(value = "most cores it takes; default: a quarter of the cluster's", example = "4")
        OptionalInt cores,
    @Key(value = "memory of its own process; default: 1g", example = "2g")
        Optional<MemorySize> memory) {
  /// On demand.
  public static final ServiceSpec DEFAULT =
      new ServiceSpec(Optional.empty(), OptionalInt.empty(), Optional.empty());

  /// Whether `up` must have it running.
  public boolean isWanted() {
    return enabled.orElse(false);
  }

  /// Whether it must not run.
  public boolean isForbidden() {
    return !enabled.orElse(true);
  }
}
