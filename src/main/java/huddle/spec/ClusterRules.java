package huddle.spec;

import static huddle.spec.Problem.quoted;

import huddle.spec.ShortForms.At;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
    notebookInside();
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

  /// The Master's ports and those of the services beside it meet on its host, a Worker's two on
  /// each Worker's, and all of them where the Master's host runs a Worker.
  private void portsApart() {
    if (!(values.get("ports") instanceof Ports ports)) {
      return;
    }
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("master", ports.master());
    all.put("masterUi", ports.masterUi());
    all.put("connect", ports.connect());
    all.put("thrift", ports.thrift());
    all.put("history", ports.history());
    List<String> beside = List.copyOf(all.keySet());
    all.put("worker", ports.worker());
    all.put("workerUi", ports.workerUi());
    for (int i = 0; i < beside.size(); i++) {
      for (int j = i + 1; j < beside.size(); j++) {
        apart(all, beside.get(i), beside.get(j), "on the Master's host");
      }
    }
    apart(all, "worker", "workerUi", "on every Worker's host");
    if (values.get("master") instanceof HostSpec master
        && workers().stream().anyMatch(worker -> worker.host().equals(master.host()))) {
      String where = "on " + master.host() + ", which runs both";
      for (String first : beside) {
        for (String second : List.of("worker", "workerUi")) {
          apart(all, first, second, where);
        }
      }
    }
  }

  /// Notebooks run on a host of the cluster.
  private void notebookInside() {
    if (!(values.get("notebook") instanceof NotebookSpec notebook)
        || notebook.host().isEmpty()
        || !(values.get("master") instanceof HostSpec master)
        || !(values.get("workers") instanceof List<?>)) {
      return;
    }
    String wanted = notebook.host().get();
    Set<String> names = new LinkedHashSet<>();
    for (HostSpec host : Stream.concat(Stream.of(master), workers().stream()).toList()) {
      names.add(host.host());
      names.add(host.destination().toString());
    }
    if (!names.contains(wanted)) {
      reader
          .placeOf("notebook.host")
          .or(() -> reader.placeOf("notebook"))
          .ifPresent(at ->
              problems.add(
                  at.place(),
                  at.path(),
                  quoted(wanted)
                      + " is no host of the cluster; write one of them, as "
                      + master.host()));
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
