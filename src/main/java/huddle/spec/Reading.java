package huddle.spec;

import java.util.List;

/// What reading huddle.yaml came to.
public sealed interface Reading {
  /// The file is right.
  record Valid(ClusterSpec spec) implements Reading {}

  /// Everything that is wrong, in the file's order; at least one.
  record Invalid(List<Problem> problems) implements Reading {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
