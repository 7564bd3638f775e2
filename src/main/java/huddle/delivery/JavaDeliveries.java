package huddle.delivery;

import huddle.apply.Convergence;
import huddle.apply.Payloads;
import huddle.artifact.JavaBundle;
import huddle.artifact.JavaNeed;
import huddle.artifact.JavaOffer;
import huddle.artifact.JavaPlatform;
import huddle.artifact.JavaRuntime;
import huddle.artifact.OperatorEnvironment;
import huddle.change.InstallJava;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.plan.ClusterFacts;
import huddle.plan.Offers;
import huddle.spark.ConfFile;
import huddle.spark.SparkRules;
import huddle.spark.SparkVersion;
import huddle.spec.ClusterSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Java runtimes for the platforms of hosts that have no suitable one.
final class JavaDeliveries {
  private final OperatorEnvironment environment;
  private final ClusterSpec spec;
  private final SparkVersion spark;
  private final FetchEvents events;

  JavaDeliveries(
      OperatorEnvironment environment, ClusterSpec spec, SparkVersion spark, FetchEvents events) {
    this.environment = environment;
    this.spec = spec;
    this.spark = spark;
    this.events = events;
  }

  /// One offer for each platform that has a host in need; none where nothing can be had.
  Map<String, Offers.JavaOffer> offers(ClusterFacts facts) {
    Map<String, Offers.JavaOffer> offers = new HashMap<>();
    Set<String> asked = new HashSet<>();
    if (majors().isEmpty()) {
      return offers;
    }
    for (HostFacts host : facts.hosts().values()) {
      String platform = Offers.platform(host.arch(), host.libc());
      if (!hasSuitable(host) && asked.add(platform)) {
        try {
          JavaOffer offer = JavaRuntime.of(environment).offer(need(host.arch(), host.libc()));
          String build = ConfFile.sha256(offer.identity()).substring(0, 8);
          offers.put(
              platform,
              new Offers.JavaOffer(
                  "java-%s-%s".formatted(offer.version(), build), offer.version(), offer.major()));
        } catch (Failure failure) {
          // The plan refuses the hosts in need by name; why nothing can be brought is said once.
          events.warn(failure);
        }
      }
    }
    return offers;
  }

  /// Fetches what the plan installs.
  Map<String, Payloads.Payload> fetch(Convergence.Planned planned) {
    Map<String, Payloads.Payload> payloads = new HashMap<>();
    for (InstallJava install :
        planned.plan().changes().stream()
            .filter(InstallJava.class::isInstance)
            .map(InstallJava.class::cast)
            .toList()) {
      HostFacts host = planned.facts().hosts().get(install.host());
      if (host == null || payloads.containsKey(install.platform())) {
        continue;
      }
      JavaBundle bundle =
          events.timed(
              "preparing " + install.summary(),
              () ->
                  JavaRuntime.of(environment)
                      .fetch(need(host.arch(), host.libc()), events.progress()));
      payloads.put(
          install.platform(),
          new Payloads.Payload(bundle.tar(), bundle.identity(), bundle.bytes()));
    }
    return payloads;
  }

  private List<Integer> majors() {
    return SparkRules.javaMajors(spark).stream()
        .filter(major -> spec.java().version().map(major::equals).orElse(true))
        .toList();
  }

  private boolean hasSuitable(HostFacts host) {
    return host.javas().stream()
        .anyMatch(java ->
            majors().contains(java.major())
                && (java.vectorModule() || !SparkRules.needsVectorModule(spark)));
  }

  private JavaNeed need(String arch, String libc) {
    return new JavaNeed(
        new TreeSet<>(majors()),
        SparkRules.needsVectorModule(spark),
        JavaPlatform.host(arch, libc),
        spec.java().source());
  }
}
