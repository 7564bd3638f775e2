package huddle.facts;

import huddle.facts.Installed.Running;
import huddle.spec.Role;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// What a cluster has on a host, from the probe's lines.
final class InstalledFacts {
  private static final String SECRET = "conf/secret";

  private InstalledFacts() {}

  static Installed of(FactLines facts, String root) {
    Map<String, String> files = new LinkedHashMap<>();
    facts
        .digests()
        .forEach((path, digest) -> {
          if (path.startsWith("conf/") || path.startsWith("bin/") || path.equals("manifest.json")) {
            files.put(path, digest);
          }
        });
    return new Installed(
        root,
        facts.first("exists").isPresent(),
        facts.first("owner"),
        facts.all("foreign", 1).stream().map(List::getFirst).limit(3).toList(),
        folders(facts, "sparkFolder"),
        folders(facts, "javaFolder"),
        folders(facts, "jarsFolder"),
        pythons(facts),
        facts.all("leftover", 1).stream().map(List::getFirst).toList(),
        files,
        facts.text("manifest"),
        Optional.ofNullable(files.get(SECRET)),
        running(facts),
        facts.text("proof"),
        facts.first("lock"),
        data(facts));
  }

  private static Installed.Data data(FactLines facts) {
    Installed.Data.State state =
        switch (facts.first("data").orElse("")) {
          case "missing" -> Installed.Data.State.MISSING;
          case "folder" -> Installed.Data.State.FOLDER;
          case "other" -> Installed.Data.State.OTHER;
          // Java's switch over an open type wants this branch.
          default -> Installed.Data.State.UNKNOWN;
        };
    return new Installed.Data(
        state, facts.all("dataEntry", 1).stream().map(List::getFirst).limit(500).toList());
  }

  private static Installed.Pythons pythons(FactLines facts) {
    Map<String, String> environments = folders(facts, "pythonFolder");
    Map<String, String> pins = new LinkedHashMap<>();
    environments
        .keySet()
        .forEach(folder -> facts.text("pins " + folder).ifPresent(text -> pins.put(folder, text)));
    return new Installed.Pythons(
        environments,
        pins,
        folders(facts, "cpythonFolder"),
        facts.all("usedPython", 1).stream()
            .map(List::getFirst)
            .filter(environments::containsKey)
            .collect(Collectors.toSet()));
  }

  private static Map<String, String> folders(FactLines facts, String key) {
    return facts.all(key, 2).stream()
        .filter(line -> line.getFirst().indexOf('/') < 0)
        .collect(Collectors.toMap(List::getFirst, line -> line.get(1), (first, second) -> first));
  }

  private static Map<Role, Running> running(FactLines facts) {
    Map<Role, Running> running = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      facts.all("running", 4).stream()
          .filter(line -> line.getFirst().equals(role.word()))
          .findFirst()
          .flatMap(line -> daemon(facts, role, line))
          .ifPresent(daemon -> running.put(role, daemon));
    }
    return running;
  }

  private static Optional<Running> daemon(FactLines facts, Role role, List<String> line) {
    OptionalInt pid = Numbers.natural(line.get(1), Integer.MAX_VALUE);
    OptionalLong start = Numbers.natural(line.get(2));
    if (pid.isEmpty() || start.isEmpty()) {
      return Optional.empty();
    }
    Set<String> inodes =
        facts.all("socket", 2).stream()
            .filter(socket -> socket.getFirst().equals(role.word()))
            .map(socket -> socket.get(1))
            .collect(Collectors.toSet());
    return Optional.of(
        new Running(
            pid.getAsInt(), start.getAsLong(), line.get(3), SocketFacts.ports(facts, inodes)));
  }
}
