package huddle.facts;

import huddle.shell.Script;
import huddle.spec.Host;
import huddle.spec.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one script that reads a host's facts. It writes nothing on the host; what it prints is for
/// [FactsParser].
final class Probe {
  private Probe() {}

  /// The script for a real host.
  static Script script(Host host, Optional<FactsGatherer.DataPlace> data) {
    return script(host.root(), host.dirs(), "")
        .with("PATIENCE", "3")
        .with("DATA", data.map(FactsGatherer.DataPlace::folder).orElse(""))
        .with("DATA_LINK", data.filter(FactsGatherer.DataPlace::link).isPresent() ? "yes" : "no");
  }

  /// @param tree empty for a real host; else a folder that stands for `/` where files tell facts
  static Script script(String root, List<String> dirs, String tree) {
    return Script.resource(Probe.class, "facts")
        .after(Script.resource(Probe.class, "probe-installed"))
        .after(Script.resource(Probe.class, "probe-runtimes"))
        .after(Script.resource(Probe.class, "probe-host"))
        .with("ROOT", root)
        .with("DIRS", String.join("\n", dirs))
        .with("SYSROOT", tree)
        .with(
            "ROLES", Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(" ")))
        .with("PATIENCE", "1")
        .with("DATA", "")
        .with("DATA_LINK", "no");
  }
}
