package huddle.plan;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.event.Printable;
import huddle.spark.ConfFile;
import huddle.spark.HostSettings;
import huddle.spec.Host;
import huddle.spec.HostPattern;
import huddle.spec.Role;
import huddle.ssh.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// `manifest.json` below the root: what is installed. The Master's also names every host of the
/// cluster, so that one taken out of the file is found and cleaned up.
final class Manifest {
  private static final int LIMIT = 256 * 1024;

  private Manifest() {}

  static ConfFile file(HostSettings settings, List<Host> hosts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("cluster", settings.cluster());
    json.put("host", settings.host());
    json.put("roles", settings.roles().stream().sorted().map(Role::word).toList());
    json.put("spark", settings.spark().toString());
    json.put("java", settings.javaHome());
    json.put("python", settings.python());
    if (settings.roles().contains(Role.MASTER)) {
      List<Map<String, Object>> members = new ArrayList<>();
      for (Host host : hosts) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("name", host.name());
        member.put("host", host.destination().host());
        host.destination().user().ifPresent(user -> member.put("user", user));
        host.destination().port().ifPresent(port -> member.put("port", port));
        host.destination().identity().ifPresent(identity -> member.put("identity", identity));
        member.put("root", host.root());
        member.put("dirs", host.dirs());
        members.add(member);
      }
      json.put("hosts", members);
    }
    try {
      String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(json);
      return new ConfFile("manifest.json", text + "\n", "600");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The hosts that a manifest names and the file does not, without any role, by names of their
  /// own. Damaged text names none.
  static List<Host> departed(Optional<String> manifest, List<Host> hosts) {
    List<Host> departed = new ArrayList<>();
    Set<String> taken =
        hosts.stream().map(Host::name).collect(Collectors.toCollection(HashSet::new));
    // Another key to the same login makes no other host.
    Set<String> logins =
        hosts.stream()
            .map(host -> host.destination().toString())
            .collect(Collectors.toCollection(HashSet::new));
    if (read(manifest).orElse(Map.of()).get("hosts") instanceof List<?> members) {
      for (Object element : members) {
        if (element instanceof Map<?, ?> member && departed.size() < HostPattern.LIMIT) {
          host(member)
              .filter(old -> logins.add(old.destination().toString()))
              .map(old -> named(old, taken))
              .ifPresent(departed::add);
        }
      }
    }
    return departed;
  }

  private static Optional<Map<String, Object>> read(Optional<String> manifest) {
    if (manifest.isEmpty() || manifest.get().length() > LIMIT) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.std.mapFrom(manifest.get()));
    } catch (IOException | RuntimeException e) {
      // Damaged: it says nothing.
      return Optional.empty();
    }
  }

  private static Host named(Host host, Set<String> taken) {
    String name = host.name();
    if (!taken.add(name)) {
      name = host.destination().toString();
    }
    while (!name.equals(host.name()) && !taken.add(name)) {
      name += " (left)";
    }
    return new Host(
        name,
        host.destination(),
        host.roles(),
        host.root(),
        host.cores(),
        host.memory(),
        host.dirs(),
        host.env());
  }

  private static Optional<Host> host(Map<?, ?> member) {
    if (!(member.get("name") instanceof String name)
        || !(member.get("host") instanceof String host)
        || !(member.get("root") instanceof String root)
        // It becomes an argument of ssh; what the file may not say, a manifest may not either.
        || !host.matches("[A-Za-z0-9_.:\\[\\]%-]{1,255}")
        || host.startsWith("-")) {
      return Optional.empty();
    }
    List<String> dirs = new ArrayList<>();
    if (member.get("dirs") instanceof List<?> list) {
      list.forEach(dir -> dirs.add(String.valueOf(dir)));
    }
    Destination destination =
        new Destination(
            host,
            text(member, "user").filter(user -> user.matches("[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}")),
            member.get("port") instanceof Integer port && port > 0 && port <= 65_535
                ? OptionalInt.of(port)
                : OptionalInt.empty(),
            text(member, "identity"));
    return Optional.of(
        new Host(
            Printable.line(name),
            destination,
            Set.of(),
            root,
            OptionalInt.empty(),
            Optional.empty(),
            dirs,
            Map.of()));
  }

  private static Optional<String> text(Map<?, ?> member, String key) {
    return member.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
