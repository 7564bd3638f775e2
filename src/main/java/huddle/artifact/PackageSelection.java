package huddle.artifact;

import huddle.artifact.MavenTree.Library;
import huddle.event.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which of the resolved libraries go along with a Spark: what it has itself stays out, as its own
/// comes first on every class path; what cannot go together is refused. Pure.
///
/// @param wanted the libraries to ship
/// @param notes what was left out
record PackageSelection(List<Library> wanted, List<String> notes) {
  PackageSelection {
    wanted = List.copyOf(wanted);
    notes = List.copyOf(notes);
  }

  /// What can be told of the coordinates alone.
  ///
  /// @return warnings
  /// @throws Failure for the first that cannot go with this Spark
  static List<String> check(List<Coordinate> asked, SparkJars spark) {
    List<String> warnings = new ArrayList<>();
    Map<String, Coordinate> seen = new HashMap<>();
    for (Coordinate one : asked) {
      Coordinate other = seen.putIfAbsent(one.group() + ":" + one.artifact(), one);
      if (other != null && !other.equals(one)) {
        throw Failure.of("%s and %s exclude each other".formatted(other, one), "keep one of them");
      }
      fits(one, "", spark);
      Optional<String> shipped = spark.version(one.artifact());
      if (shipped.isPresent() && !shipped.get().equals(one.version())) {
        throw Failure.of(
            "%s cannot be used: Spark %s brings %s %s itself, and its own comes first"
                .formatted(one, spark.spark(), one.artifact(), shipped.get()),
            "take it out of the packages; a program that needs another version has to shade it");
      }
      one.sparkLine()
          .filter(line -> !line.equals(spark.spark().line()))
          .ifPresent(line -> warnings.add(madeFor(one, line, spark)));
    }
    return warnings;
  }

  static String madeFor(Coordinate one, String line, SparkJars spark) {
    return "%s is made for Spark %s, and the cluster has %s".formatted(one, line, spark.spark());
  }

  /// @param libraries all that Maven resolved
  static PackageSelection of(List<Library> libraries, SparkJars spark) {
    List<Library> wanted = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    int same = 0;
    String neededBy = "";
    for (Library library : libraries) {
      Coordinate one = library.coordinate();
      neededBy = library.direct() ? one.toString() : neededBy;
      if (!library.counts()) {
        continue;
      }
      Optional<String> shipped = spark.version(one.artifact());
      if (shipped.isEmpty()) {
        fits(one, library.direct() ? "" : neededBy, spark);
        wanted.add(library);
      } else if (major(shipped.get()).equals(major(one.version()))) {
        same++;
      } else {
        replaced.add(
            "%s %s in place of %s".formatted(one.artifact(), shipped.get(), one.version()));
      }
    }
    List<String> notes = new ArrayList<>();
    if (same > 0) {
      notes.add("%d %s left out, as Spark has its own".formatted(same, word(same)));
    }
    if (!replaced.isEmpty()) {
      String more = replaced.size() > 6 ? " and more" : "";
      notes.add(
          "Spark's own comes first: "
              + String.join(", ", replaced.subList(0, Math.min(6, replaced.size())))
              + more);
    }
    return new PackageSelection(wanted, notes);
  }

  private static String word(int libraries) {
    return libraries == 1 ? "library was" : "libraries were";
  }

  private static String major(String version) {
    return version.replaceFirst("[^0-9].*", "");
  }

  private static void fits(Coordinate one, String neededBy, SparkJars spark) {
    String named = neededBy.isEmpty() ? one.toString() : one + ", which " + neededBy + " needs,";
    Optional<String> scala = spark.scala();
    if (scala.isPresent() && one.scala().filter(own -> !own.equals(scala.get())).isPresent()) {
      throw Failure.of(
          "%s is built for Scala %s; Spark %s runs on Scala %s"
              .formatted(named, one.scala().orElse(""), spark.spark(), scala.get()),
          neededBy.isEmpty()
              ? "write "
                  + one.withArtifact(one.artifactWithoutScala() + "_" + scala.get())
                  + ", if there is such a one"
              : "choose another version of " + neededBy);
    }
    if (one.isSparks() && !one.version().equals(spark.spark().toString())) {
      throw Failure.of(
          "%s belongs to Spark %s, and the cluster has %s"
              .formatted(named, one.version(), spark.spark()),
          neededBy.isEmpty()
              ? "write " + one.withVersion(spark.spark().toString())
              : "choose another version of " + neededBy);
    }
  }
}
