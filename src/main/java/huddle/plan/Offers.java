package huddle.plan;

import huddle.spark.SparkVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the operator can bring to hosts, found out before planning.
///
/// @param spark the release that the cluster gets
/// @param sparkIdentity which build of it; empty: any build of that release will do (it is there
///   already, or comes from an index that has one of each)
/// @param javas runtimes by platform ([#platform]), for hosts that have no suitable one
/// @param packages JVM libraries of the file; empty if it names none
/// @param pythons environments and interpreters of Python
public record Offers(
    SparkVersion spark,
    Optional<String> sparkIdentity,
    Map<String, JavaOffer> javas,
    Optional<PackagesOffer> packages,
    PythonOffers pythons) {
  public Offers {
    javas = Map.copyOf(javas);
  }

  /// Without Python.
  public Offers(
      SparkVersion spark,
      Optional<String> sparkIdentity,
      Map<String, JavaOffer> javas,
      Optional<PackagesOffer> packages) {
    this(spark, sparkIdentity, javas, packages, PythonOffers.NONE);
  }

  /// @param folder that it is kept in below the root, `java-25.0.3-…`
  public record JavaOffer(String folder, String version, int major) {}

  /// @param folder that they are kept in below the root, `jars-…`
  /// @param coordinates as in the file
  /// @param warnings what may not work with this Spark, a sentence each
  public record PackagesOffer(String folder, List<String> coordinates, List<String> warnings) {
    public PackagesOffer {
      coordinates = List.copyOf(coordinates);
      warnings = List.copyOf(warnings);
    }
  }

  /// Platform of a host as the key of a runtime: `x86_64-glibc`.
  public static String platform(String arch, String libc) {
    return arch + "-" + (libc.startsWith("musl") ? "musl" : "glibc");
  }
}
