package huddle.delivery;

import huddle.apply.Convergence;
import huddle.apply.Deliveries;
import huddle.apply.Payloads;
import huddle.artifact.OperatorEnvironment;
import huddle.artifact.SparkBundle;
import huddle.artifact.SparkSource;
import huddle.change.InstallPackages;
import huddle.change.InstallSpark;
import huddle.event.Events;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.plan.ClusterFacts;
import huddle.plan.Goal;
import huddle.plan.Offers;
import huddle.spark.SparkRules;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// What this machine brings to hosts: Spark from where the file says, Java and Python for hosts
/// that have none, the libraries and packages that the file names.
public final class ArtifactDeliveries implements Deliveries {
  private final OperatorEnvironment environment;
  private final FetchEvents events;

  /// @param events told of what is fetched
  public ArtifactDeliveries(OperatorEnvironment environment, Events events) {
    this.environment = environment;
    this.events = new FetchEvents(events);
  }

  @Override
  public Offers offers(ClusterSpec spec, Goal goal, ClusterFacts facts) {
    if (goal.isLess()) {
      return new Offers(new SparkVersion(0, 0, 0), Optional.empty(), Map.of(), Optional.empty());
    }
    SparkSource source = SparkSource.of(spec.spark(), environment);
    SparkVersion version = version(spec, facts, source);
    if (!SparkRules.isSupported(version)) {
      throw Failure.of(
          "Spark " + version + " is older than what Huddle runs",
          "choose 3.5 or later with `spark: {version: …}`");
    }
    boolean own = !spec.spark().source().equals("pypi") && !spec.spark().source().equals("apache");
    // Only the user's own tarball or folder may change under the same version.
    Optional<String> identity =
        own ? Optional.of(source.identity(version.toString())) : Optional.empty();
    if (spec.spark().version().isPresent()
        && !own
        && bringsSpark(goal)
        && !isAnywhere(version, facts, source)) {
      source
          .lack(version.toString())
          .ifPresent(lack -> {
            throw lack;
          });
    }
    JavaDeliveries javas = new JavaDeliveries(environment, spec, version, events);
    PackageDeliveries packages = new PackageDeliveries(environment, spec, version, events);
    return new Offers(
        version,
        identity,
        javas.offers(facts),
        packages.offer(spec.packages(), facts),
        new PythonDeliveries(environment, spec, version, events).offers(facts, goal));
  }

  private static boolean bringsSpark(Goal goal) {
    return switch (goal) {
      case Goal.Up _, Goal.Restarted _ -> true;
      case Goal.Rotated _, Goal.Serving _, Goal.Equipped _ -> false;
      case Goal.NotServing _, Goal.Stopped _, Goal.Gone _ -> false;
    };
  }

  /// Where no host answers, nothing is to be brought.
  private static boolean isAnywhere(SparkVersion version, ClusterFacts facts, SparkSource source) {
    return facts.hosts().isEmpty()
        || facts.hosts().values().stream()
            .anyMatch(host -> host.installed().sparks().containsKey("spark-" + version))
        || source.cached(version.toString()).isPresent();
  }

  /// The pinned one; else the one that is there; else the newest.
  private SparkVersion version(ClusterSpec spec, ClusterFacts facts, SparkSource source) {
    if (spec.spark().version().isPresent()) {
      String pinned = spec.spark().version().get();
      return SparkVersion.parse(pinned)
          .orElseThrow(() -> Failure.of(pinned + " is no release of Spark", "write it as 4.3.0"));
    }
    HostFacts atMaster = facts.hosts().get(spec.hosts().getFirst().name());
    boolean own = !spec.spark().source().equals("pypi") && !spec.spark().source().equals("apache");
    Optional<SparkVersion> installed =
        atMaster == null || own
            ? Optional.empty()
            : atMaster.installed().sparks().keySet().stream()
                .flatMap(f -> SparkVersion.parse(f.replaceFirst("^spark-", "")).stream())
                .max(Comparator.naturalOrder());
    return installed.orElseGet(() -> newest(source));
  }

  private SparkVersion newest(SparkSource source) {
    String newest;
    try {
      newest = source.newest();
    } catch (Failure failure) {
      // Without network, what was fetched before will do.
      SparkBundle cached = source.newestCached().orElseThrow(() -> failure);
      events.warn(failure, "Spark " + cached.version() + " of the cache is used");
      newest = cached.version();
    }
    String found = newest;
    return SparkVersion.parse(found)
        .orElseThrow(() -> Failure.of(found + " is no release of Spark", "pin one in the file"));
  }

  @Override
  public Payloads fetch(ClusterSpec spec, Convergence.Planned planned) {
    SparkVersion version = planned.offers().spark();
    Optional<Payloads.Payload> spark = Optional.empty();
    if (planned.plan().changes().stream().anyMatch(InstallSpark.class::isInstance)) {
      SparkSource source = SparkSource.of(spec.spark(), environment);
      SparkBundle bundle =
          events.timed(
              "fetching Spark " + version,
              () -> source.fetch(version.toString(), events.progress()));
      spark = Optional.of(new Payloads.Payload(bundle.tar(), bundle.identity(), bundle.bytes()));
    }
    Map<String, Payloads.Payload> javas =
        new JavaDeliveries(environment, spec, version, events).fetch(planned);
    Optional<Payloads.Payload> packages =
        planned.plan().changes().stream().anyMatch(InstallPackages.class::isInstance)
            ? Optional.of(
                new PackageDeliveries(environment, spec, version, events).payload(spec.packages()))
            : Optional.empty();
    PythonPayloads pythons =
        new PythonDeliveries(environment, spec, version, events).fetch(planned);
    return new Fetched(spark, javas, packages, pythons);
  }

  private record Fetched(
      Optional<Payload> sparkTar,
      Map<String, Payload> javas,
      Optional<Payload> jars,
      PythonPayloads pythons)
      implements Payloads {
    @Override
    public Payload python(String folder, String platform) {
      return pythons.environment(folder, platform);
    }

    @Override
    public Payload interpreter(String platform) {
      return pythons.interpreter(platform);
    }

    @Override
    public Payload spark() {
      return sparkTar.orElseThrow(() -> new IllegalStateException("no plan asked for Spark"));
    }

    @Override
    public Payload packages() {
      return jars.orElseThrow(() -> new IllegalStateException("no plan asked for packages"));
    }

    @Override
    public Payload java(String platform) {
      Payload java = javas.get(platform);
      if (java == null) {
        throw new IllegalStateException("no plan asked for a Java for " + platform);
      }
      return java;
    }
  }
}
