package huddle.plan;

import huddle.change.Change;
import huddle.change.PrepareData;
import huddle.event.Failure;
import huddle.event.Printable;
import huddle.facts.HostFacts;
import huddle.facts.Installed.Data;
import huddle.spark.HostSettings;
import huddle.spec.ClusterSpec;
import huddle.spec.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The folder that is to have the same files on every host.
final class DataFolders {
  private static final int SHOWN = 5;

  private DataFolders() {}

  /// What makes it, where it is missing.
  static Optional<Change> missing(HostSettings settings, HostFacts facts) {
    return facts.installed().data().state() == Data.State.MISSING
        ? Optional.of(
            new PrepareData(
                settings.host(), settings.root(), settings.data(), settings.cluster(), "not there"))
        : Optional.empty();
  }

  /// Something else that is in its place on a host, and what only some hosts have in it: a task on
  /// another host would not find it.
  static List<Failure> warnings(ClusterSpec spec, ClusterFacts facts) {
    List<Failure> warnings = new ArrayList<>();
    Map<String, Data> known = new LinkedHashMap<>();
    for (Host host : spec.hosts()) {
      HostFacts of = facts.hosts().get(host.name());
      Data data = of == null ? Data.UNKNOWN : of.installed().data();
      switch (data.state()) {
        case UNKNOWN -> {}
        case OTHER ->
            warnings.add(
                Failure.on(
                    host.name(),
                    spec.dataFolder() + " is there and is not this cluster's folder",
                    "have it removed, or choose another with `data:` in the file"));
        case MISSING, FOLDER -> known.put(host.name(), data);
      }
    }
    if (known.values().stream().noneMatch(Data::isCut)) {
      warnings.addAll(onSome(spec.dataFolder(), known));
    }
    return warnings;
  }

  private static List<Failure> onSome(String folder, Map<String, Data> known) {
    TreeSet<String> all = new TreeSet<>();
    known.values().forEach(data -> all.addAll(data.entries()));
    List<String> partial =
        all.stream()
            .filter(entry -> !known.values().stream().allMatch(d -> d.entries().contains(entry)))
            .toList();
    if (partial.isEmpty()) {
      return List.of();
    }
    List<String> texts =
        partial.stream()
            .limit(SHOWN)
            .map(entry -> Printable.line(entry) + " on " + holders(entry, known))
            .toList();
    String more = partial.size() > SHOWN ? " and %d more".formatted(partial.size() - SHOWN) : "";
    return List.of(
        Failure.of(
            "only some hosts have what is in %s: %s%s"
                .formatted(folder, String.join(", ", texts), more),
            "`huddle push` it, so that a task on any Worker finds it"));
  }

  private static String holders(String entry, Map<String, Data> known) {
    List<String> holders =
        known.entrySet().stream()
            .filter(host -> host.getValue().entries().contains(entry))
            .map(Map.Entry::getKey)
            .toList();
    return holders.size() > 1
        ? "%d of %d hosts".formatted(holders.size(), known.size())
        : holders.getFirst() + " only";
  }
}
