package huddle.delivery;

import huddle.artifact.Progress;
import huddle.artifact.PythonBundle;
import huddle.artifact.PythonPackages;
import huddle.change.InstallPython;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.python.Pins;
import huddle.python.PythonEnvironment;
import huddle.python.PythonKind;
import huddle.python.PythonPlatform;
import huddle.python.PythonRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Environments of Python packages: kept while the request stays the same, else resolved for every
/// platform of the hosts that get them.
///
/// @param requests for a platform that joins an environment later
record EnvironmentDeliveries(PythonRequests requests, PythonPackages packages, FetchEvents events) {
  /// What a request comes to; empty if hosts do without.
  ///
  /// @param host whose environment is kept if it fits: the Master's, or the notebook's
  /// @param hosts that get it
  Optional<PythonEnvironment> offer(
      PythonRequest request, HostFacts host, Map<String, HostFacts> hosts) {
    if (request.isEmpty() && request.kind() == PythonKind.CLUSTER) {
      return Optional.empty();
    }
    InstalledEnvironments installed = new InstalledEnvironments(host);
    Optional<PythonEnvironment> there = installed.from(request);
    if (there.isPresent()) {
      return there;
    }
    try {
      String summary =
          request.kind() == PythonKind.NOTEBOOK
              ? "resolving the notebook's packages"
              : "resolving Python packages";
      return Optional.of(events.timed(summary, () -> resolved(request, host, hosts)));
    } catch (Failure failure) {
      if (request.asked()) {
        throw failure;
      }
      // Rather what is there than nothing, if drivers and executors can go on with it.
      Optional<PythonEnvironment> older = installed.older(request);
      events.warn(
          failure,
          older.isPresent()
              ? "the Python packages that are there stay"
              : "drivers and executors do without pandas and pyarrow");
      return older;
    }
  }

  private PythonEnvironment resolved(
      PythonRequest request, HostFacts host, Map<String, HostFacts> hosts) {
    Map<String, PythonPlatform> platforms = PythonPlatforms.lowest(hosts.values());
    String first = PythonPlatforms.of(host).key();
    Map<String, Pins> pins = new LinkedHashMap<>();
    PythonPlatform own = platforms.getOrDefault(first, PythonPlatforms.of(host));
    Pins base = packages.resolve(request, own, Progress.SILENT);
    pins.put(first, base);
    platforms.forEach((key, platform) -> {
      if (!key.equals(first)) {
        pins.put(key, packages.resolve(request.with(base), platform, Progress.SILENT));
      }
    });
    return PythonEnvironment.of(request, pins);
  }

  /// Makes the archive of an environment that was offered.
  PythonBundle fetch(
      InstallPython install, PythonEnvironment environment, PythonPlatform platform) {
    return events.timed(
        "preparing " + install.summary(),
        () ->
            packages
                .cached(environment, platform)
                .orElseGet(() ->
                    packages.fetch(
                        environment, pins(environment, platform), platform, events.progress())));
  }

  private Pins pins(PythonEnvironment environment, PythonPlatform platform) {
    Pins pins = environment.pins().get(platform.key());
    if (pins != null) {
      return pins;
    }
    // A host of another platform joined: the same versions for it.
    PythonRequest request =
        requests.of(environment.kind(), environment.minor(), Pins.NONE).with(environment.all());
    return packages.resolve(request, platform, events.progress());
  }
}
