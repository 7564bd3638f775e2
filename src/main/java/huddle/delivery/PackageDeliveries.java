package huddle.delivery;

import huddle.apply.Payloads;
import huddle.artifact.JvmBundle;
import huddle.artifact.JvmPackages;
import huddle.artifact.OperatorEnvironment;
import huddle.artifact.SparkBundle;
import huddle.artifact.SparkJars;
import huddle.artifact.SparkSource;
import huddle.event.Count;
import huddle.plan.ClusterFacts;
import huddle.plan.Offers;
import huddle.spark.JarFolder;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import java.util.List;
import java.util.Optional;

/// JVM libraries, resolved here for hosts that need no internet.
final class PackageDeliveries {
  private final SparkSource source;
  private final JvmPackages packages;
  private final SparkVersion spark;
  private final FetchEvents events;

  /// @param spark that the cluster runs, and the libraries go with
  PackageDeliveries(
      OperatorEnvironment environment, ClusterSpec spec, SparkVersion spark, FetchEvents events) {
    this.source = SparkSource.of(spec.spark(), environment);
    this.packages = new JvmPackages(environment);
    this.spark = spark;
    this.events = events;
  }

  /// What the file's libraries are called on hosts; empty if it names none. Where a host lacks them
  /// they are resolved here and now, so that a plan says what is wrong with them; but not before
  /// Spark is in the cache, whose jars they are compared with.
  Optional<Offers.PackagesOffer> offer(List<String> coordinates, ClusterFacts facts) {
    if (coordinates.isEmpty()) {
      return Optional.empty();
    }
    String folder = JarFolder.name(spark, coordinates);
    boolean everywhere =
        facts.hosts().values().stream()
            .allMatch(host -> host.installed().jars().containsKey(folder));
    Optional<JvmBundle> bundle = packages.cached(spark, coordinates);
    if (bundle.isEmpty() && !everywhere) {
      bundle = source.cached(spark.toString()).map(there -> resolve(coordinates, there));
    }
    return Optional.of(
        new Offers.PackagesOffer(
            folder, coordinates, bundle.map(JvmBundle::warnings).orElse(List.of())));
  }

  /// The libraries as they go to hosts.
  Payloads.Payload payload(List<String> coordinates) {
    JvmBundle bundle = resolve(coordinates);
    return new Payloads.Payload(bundle.tar(), bundle.identity(), bundle.bytes());
  }

  /// Any libraries, those of a `submit` too: from the cache, or resolved now.
  JvmBundle resolve(List<String> coordinates) {
    return packages
        .cached(spark, coordinates)
        .orElseGet(() ->
            resolve(
                coordinates,
                source
                    .cached(spark.toString())
                    .orElseGet(() -> source.fetch(spark.toString(), events.progress()))));
  }

  private JvmBundle resolve(List<String> coordinates, SparkBundle there) {
    String summary = "resolving " + Count.of(coordinates, "package");
    JvmBundle bundle =
        events.timed(
            summary,
            () ->
                packages.resolve(coordinates, SparkJars.of(spark, there.tar()), events.progress()));
    bundle.notes().forEach(events::note);
    return bundle;
  }
}
