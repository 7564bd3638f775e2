package huddle.artifact;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Programs of the operator's machine, such as pip and jlink.
@FunctionalInterface
public interface Commands {
  /// Runs a program to its end, with nothing on its standard input. Empty if there is no such
  /// program or it does not end within the bound.
  Optional<Ended> run(List<String> words, Duration bound);

  /// How it ended. The texts are cut at 256 KiB.
  record Ended(int exit, String stdout, String stderr) {}
}
