package huddle.cli;

import huddle.apply.Convergence;
import huddle.apply.Deliveries;
import huddle.apply.Payloads;
import huddle.artifact.OperatorEnvironment;
import huddle.artifact.SparkBundle;
import huddle.artifact.SparkSource;
import huddle.change.InstallPackages;
import huddle.change.InstallSpark;
import huddle.event.Event;
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

/// What this machine brings to hosts: Spark from where the file says, Java for hosts that have
/// none.
final class ArtifactDeliveries implements Deliveries {
  private final OperatorEnvironment environment;
  private final Events events;

  ArtifactDeliveries(Context context, Events events) {
    this.environment = new OperatorEnvironment(context.environment(), context.home());
    this.events = events;
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
    JavaDeliveries javas = new JavaDeliveries(environment, spec, version);
    PackageDeliveries packages = new PackageDeliveries(environment, spec, version, events);
    return new Offers(
        version,
        identity,
        javas.offers(facts, events),
        packages.offer(spec.packages(), facts),
        new PythonDeliveries(environment, spec, version, events).offers(facts, goal));
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
      events.report(
          new Event.Warning(
              "",
              failure.what() + "; Spark " + cached.version() + " of the cache is used",
              failure.remedy()));
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
      String summary = "fetching Spark " + version;
      long started = System.nanoTime();
      events.report(new Event.ChangeStarted("", "fetch", summary));
      SparkBundle bundle =
          source.fetch(
              version.toString(),
              (text, done, total) ->
                  events.report(new Event.ChangeProgress("", "fetch", text, done, total)));
      events.report(
          new Event.ChangeDone(
              "", "fetch", summary, java.time.Duration.ofNanos(System.nanoTime() - started)));
      spark = Optional.of(new Payloads.Payload(bundle.tar(), bundle.identity(), bundle.bytes()));
    }
    Map<String, Payloads.Payload> javas =
        new JavaDeliveries(environment, spec, version).fetch(planned, events);
    Optional<Payloads.Payload> packages =
        planned.plan().changes().stream().anyMatch(InstallPackages.class::isInstance)
            ? Optional.of(
                new PackageDeliveries(environment, spec, version, events).payload(spec.packages()))
            : Optional.empty();
    Map<String, Payloads.Payload> pythons =
        new PythonDeliveries(environment, spec, version, events).fetch(planned);
    return new Fetched(spark, javas, packages, pythons);
  }

  private record Fetched(
      Optional<Payload> sparkTar,
      Map<String, Payload> javas,
      Optional<Payload> jars,
      Map<String, Payload> pythons)
      implements Payloads {
    @Override
    public Payload python(String folder, String platform) {
      Payload python = pythons.get(PythonDeliveries.key(folder, platform));
      if (python == null) {
        throw new IllegalStateException("no plan asked for " + folder + " for " + platform);
      }
      return python;
    }

    @Override
    public Payload interpreter(String platform) {
      return python("", platform);
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
