package huddle.plan;

import com.fasterxml.jackson.jr.ob.JSON;
import huddle.spark.ConfFile;
import huddle.spark.HostSettings;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

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

  /// The hosts that a manifest names and the file does not, without any role. Damaged text names
  /// none.
  static List<Host> departed(Optional<String> manifest, List<Host> hosts) {
    if (manifest.isEmpty() || manifest.get().length() > LIMIT) {
      return List.of();
    }
    Map<String, Object> json;
    try {
      json = JSON.std.mapFrom(manifest.get());
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
    List<Host> departed = new ArrayList<>();
    if (json.get("hosts") instanceof List<?> members) {
      for (Object element : members) {
        if (element instanceof Map<?, ?> member) {
          host(member)
              .filter(
                  old -> hosts.stream().noneMatch(h -> h.destination().equals(old.destination())))
              .ifPresent(departed::add);
        }
      }
    }
    return departed;
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
            member.get("user") instanceof String user
                    && user.matches("[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}")
                ? Optional.of(user)
                : Optional.empty(),
            member.get("port") instanceof Integer port ? OptionalInt.of(port) : OptionalInt.empty(),
            member.get("identity") instanceof String identity
                ? Optional.of(identity)
                : Optional.empty());
    return Optional.of(
        new Host(
            name,
            destination,
            Set.of(),
            root,
            OptionalInt.empty(),
            Optional.empty(),
            dirs,
            Map.of()));
  }
}
