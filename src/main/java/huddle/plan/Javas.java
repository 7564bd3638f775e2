package huddle.plan;

import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.spark.SparkRules;
import huddle.spec.ClusterSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which Java a host runs Spark on: the newest suitable one it has, else one that is brought.
sealed interface Javas {
  /// One that is there.
  record Present(String home, String version) implements Javas {}

  /// One that goes along.
  record Brought(Offers.JavaOffer offer, String platform) implements Javas {}

  /// None can be had.
  record None(Failure why) implements Javas {}

  /// Chooses for one host.
  static Javas choose(ClusterSpec spec, Offers offers, String host, HostFacts facts) {
    List<Integer> majors =
        SparkRules.javaMajors(offers.spark()).stream()
            .filter(major -> spec.java().version().map(major::equals).orElse(true))
            .toList();
    boolean vector = SparkRules.needsVectorModule(offers.spark());
    Optional<HostFacts.Java> best =
        facts.javas().stream()
            .filter(java -> majors.contains(java.major()) && (java.vectorModule() || !vector))
            // The list is in order of preference; max keeps the last of equals, so compare places
            // too.
            .min(
                Comparator.comparingInt((HostFacts.Java java) -> -java.major())
                    .thenComparing(java -> java.bundled()));
    if (best.isPresent()) {
      return new Present(home(best.get(), facts), best.get().version());
    }
    String platform = Offers.platform(facts.arch(), facts.libc());
    Offers.JavaOffer offer = offers.javas().get(platform);
    if (offer != null && majors.contains(offer.major())) {
      return new Brought(offer, platform);
    }
    return new None(Failure.on(host, found(spec, facts, offers, majors), remedy(majors)));
  }

  /// A runtime of the cluster's own is called by its place below the root: the probe resolves
  /// links, and a home folder is often behind one.
  private static String home(HostFacts.Java java, HostFacts facts) {
    String folder = java.home().substring(java.home().lastIndexOf('/') + 1);
    return java.bundled() && facts.installed().javas().containsKey(folder)
        ? facts.installed().root() + "/" + folder
        : java.home();
  }

  private static String found(
      ClusterSpec spec, HostFacts facts, Offers offers, List<Integer> majors) {
    if (majors.isEmpty()) {
      return "Spark %s runs on Java %s, and the file asks for %s"
          .formatted(
              offers.spark(),
              words(SparkRules.javaMajors(offers.spark())),
              spec.java().version().map(String::valueOf).orElse("another"));
    }
    String needs = "Spark %s needs Java %s".formatted(offers.spark(), words(majors));
    if (facts.javas().isEmpty()) {
      return needs + ", and the host has none";
    }
    boolean lacksVector = facts.javas().stream().anyMatch(java -> majors.contains(java.major()));
    return needs
        + (lacksVector ? " with the module jdk.incubator.vector" : "")
        + ", and the host has only "
        + facts.javas().stream()
            .map(HostFacts.Java::version)
            .distinct()
            .limit(5)
            .collect(Collectors.joining(", "));
  }

  private static String remedy(List<Integer> majors) {
    return majors.isEmpty()
        ? "choose another java.version or spark.version in the file"
        : "install a JDK %d there, or name an archive of one: `java: {source: jdk.tar.gz}`"
            .formatted(majors.getFirst());
  }

  private static String words(List<Integer> majors) {
    String all = majors.reversed().stream().map(String::valueOf).collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2);
  }
}
