package huddle.doctor;

/// One thing that a check found.
///
/// @param id of the kind of finding, such as `exposure.answers`; stays the same between versions
/// @param host it concerns; empty: the cluster
/// @param evidence what was seen, in one line; may hold text of hosts
/// @param fix what to do; empty where nothing needs to be done
/// @param level whether it must be dealt with
public record Finding(String id, String host, String evidence, String fix, Level level) {
  /// How much a finding matters.
  public enum Level {
    /// As it should be.
    GOOD,
    /// Could not be looked at.
    UNKNOWN,
    /// Must be dealt with: the command's exit code is 1.
    BAD
  }
}
