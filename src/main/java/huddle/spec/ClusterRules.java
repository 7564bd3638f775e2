package huddle.spec;

import huddle.spec.ShortForms.At;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What several keys must be together.
final class ClusterRules {
  private final Map<String, Object> values;
  private final RecordReader reader;
  private final Problems problems;

  /// @param values of the components of [ClusterSpec] that could be read
  ClusterRules(Map<String, Object> values, RecordReader reader, Problems problems) {
    this.values = values;
    this.reader = reader;
    this.problems = problems;
  }

  void check() {
    eachWorkerOnce();
    portsApart();
  }

  private void eachWorkerOnce() {
    Map<String, At> seen = new HashMap<>();
    for (HostSpec worker : workers()) {
      At at = reader.originOf(worker);
      String name = worker.destination().toString();
      At first = seen.putIfAbsent(name, at);
      if (first != null) {
        problems.add(
            at.place(),
            at.path(),
            name + " is listed twice, first as " + first.path() + "; keep one");
      }
    }
  }

  /// The Master's two ports meet on its host, a Worker's two on each Worker's, and all four where
  /// the Master's host runs a Worker.
  private void portsApart() {
    if (!(values.get("ports") instanceof Ports ports)) {
      return;
    }
    Map<String, Integer> all =
        Map.of(
            "master", ports.master(),
            "masterUi", ports.masterUi(),
            "worker", ports.worker(),
            "workerUi", ports.workerUi());
    apart(all, "master", "masterUi", "on the Master's host");
    apart(all, "worker", "workerUi", "on every Worker's host");
    if (values.get("master") instanceof HostSpec master
        && workers().stream().anyMatch(worker -> worker.host().equals(master.host()))) {
      String where = "on " + master.host() + ", which runs both";
      for (String first : List.of("master", "masterUi")) {
        for (String second : List.of("worker", "workerUi")) {
          apart(all, first, second, where);
        }
      }
    }
  }

  private void apart(Map<String, Integer> ports, String first, String second, String where) {
    Integer port = ports.get(second);
    if (!Objects.equals(ports.get(first), port)) {
      return;
    }
    // One of them is in the file: the defaults differ.
    boolean secondGiven = reader.placeOf("ports." + second).isPresent();
    String given = secondGiven ? second : first;
    reader
        .placeOf("ports." + given)
        .ifPresent(at ->
            problems.add(
                at.place(),
                at.path(),
                port
                    + " is ports."
                    + (secondGiven ? first : second)
                    + " too, "
                    + where
                    + "; write another"));
  }

  private List<HostSpec> workers() {
    return values.get("workers") instanceof List<?> workers
        ? workers.stream().map(HostSpec.class::cast).toList()
        : List.of();
  }
}
