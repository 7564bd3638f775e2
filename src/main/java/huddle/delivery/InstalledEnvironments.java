package huddle.delivery;

import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.plan.Offers;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.python.PythonRequest;
import java.util.Map;
import java.util.Optional;

/// The environments of Python that a host has.
record InstalledEnvironments(HostFacts host) {
  /// One that came from the same request.
  Optional<PythonEnvironment> from(PythonRequest request) {
    Map<String, String> pins = pythons().pins();
    String digest = request.digest();
    return pythons().environments().entrySet().stream()
        .filter(entry -> pins.containsKey(entry.getKey()))
        .flatMap(entry ->
            PythonEnvironment.found(entry.getValue())
                .filter(found ->
                    found.kind() == request.kind()
                        && found.request().equals(digest)
                        && found.minor().equals(request.minor()))
                .map(found -> environment(entry.getKey(), found))
                .filter(environment -> environment.folder().equals(entry.getKey()))
                .stream())
        .findFirst();
  }

  /// What drivers and executors run on now, whatever was asked for then: the manifest names it.
  Optional<PythonEnvironment> older(PythonRequest request) {
    String manifest = host.installed().manifest().orElse("");
    return pythons().environments().entrySet().stream()
        .filter(entry -> manifest.contains("/" + entry.getKey() + "/"))
        .flatMap(entry ->
            PythonEnvironment.found(entry.getValue()).stream()
                .filter(found ->
                    found.kind() == request.kind() && found.minor().equals(request.minor()))
                .map(found -> environment(entry.getKey(), found)))
        .findFirst();
  }

  /// Whether something runs from one of a kind.
  boolean isUsed(PythonKind kind) {
    return pythons().used().stream()
        .map(folder -> pythons().environments().getOrDefault(folder, ""))
        .flatMap(identity -> PythonEnvironment.found(identity).stream())
        .anyMatch(found -> found.kind() == kind);
  }

  private PythonEnvironment environment(String folder, PythonEnvironment.Found found) {
    return found.environment(
        Offers.platform(host.arch(), host.libc()),
        Pins.parse(pythons().pins().getOrDefault(folder, "")));
  }

  private Installed.Pythons pythons() {
    return host.installed().pythons();
  }
}
