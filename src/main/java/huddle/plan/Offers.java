package huddle.plan;

import huddle.spark.SparkVersion;
import java.util.Map;
import java.util.Optional;

/// What the operator can bring to hosts, found out before planning.
///
/// @param spark the release that the cluster gets
/// @param sparkIdentity which build of it; empty: any build of that release will do (it is there
///   already, or comes from an index that has one of each)
/// @param javas runtimes by platform ([#platform]), for hosts that have no suitable one
/// @param pythons environments and interpreters of Python
public record Offers(
    SparkVersion spark,
    Optional<String> sparkIdentity,
    Map<String, JavaOffer> javas,
    PythonOffers pythons) {
  public Offers {
    javas = Map.copyOf(javas);
  }

  /// Without Python.
  public Offers(SparkVersion spark, Optional<String> sparkIdentity, Map<String, JavaOffer> javas) {
    this(spark, sparkIdentity, javas, PythonOffers.NONE);
  }

  /// @param folder that it is kept in below the root, `java-25.0.3-…`
  public record JavaOffer(String folder, String version, int major) {}

  /// Platform of a host as the key of a runtime: `x86_64-glibc`.
  public static String platform(String arch, String libc) {
    return arch + "-" + (libc.startsWith("musl") ? "musl" : "glibc");
  }
}
