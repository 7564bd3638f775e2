package huddle.ssh;

import huddle.event.Failure;
import java.io.IOException;
import java.util.Optional;

/// Where a process that runs [Bootstrap#PROGRAM] comes from, and how it ends.
interface Shell {
  /// The host's name as written in the file.
  String host();

  /// Starts one whose three streams are pipes.
  Process start() throws IOException;

  /// The failure there is if the process ended because the host could not be reached or the
  /// connection broke, rather than by itself.
  ///
  /// @param began whether the script's marker came
  Optional<Failure> broken(int exit, boolean began, String stderr);

  /// Ends a script that runs too long or is not wanted any more, with what it started.
  ///
  /// @param pid of sh on the host; empty if it never began
  void end(Process process, String pid);
}
