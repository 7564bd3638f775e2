package huddle.delivery;

import huddle.facts.HostFacts;
import huddle.python.PythonPlatform;
import java.util.Collection;
import java.util.Map;

/// What hosts need wheels and interpreters to be built for.
final class PythonPlatforms {
  private PythonPlatforms() {}

  static PythonPlatform of(HostFacts host) {
    return PythonPlatform.host(host.arch(), host.libc());
  }

  /// One for all hosts of a kind, by its key, so that what is built for it runs on all of them.
  static Map<String, PythonPlatform> lowest(Collection<HostFacts> hosts) {
    return PythonPlatform.lowest(hosts.stream().map(PythonPlatforms::of).toList());
  }
}
