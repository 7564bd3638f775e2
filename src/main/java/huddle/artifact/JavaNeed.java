package huddle.artifact;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The Java that a host lacks.
///
/// @param majors that will do, for example 17, 21 and 25; not empty
/// @param vectorModule whether it needs the module jdk.incubator.vector, as Spark 4 does
/// @param source archive or folder that the file names
public record JavaNeed(
    SortedSet<Integer> majors, boolean vectorModule, JavaPlatform host, Optional<String> source) {
  public JavaNeed {
    majors = Collections.unmodifiableSortedSet(new TreeSet<>(majors));
    if (majors.isEmpty()) {
      throw new IllegalArgumentException("no version of Java would do");
    }
  }

  /// Any of these majors, with the vector module.
  public static JavaNeed of(Set<Integer> majors, JavaPlatform host) {
    return new JavaNeed(new TreeSet<>(majors), true, host, Optional.empty());
  }
}
