package huddle.spec;

import huddle.ssh.Destination;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One host as the file names it: a string (`me@worker.one:2222`) or a map with these keys.
public record HostSpec(
    @Key(value = "ssh alias, name or address; localhost is this machine", example = "worker.one")
        String host,
    @Key(value = "login name; default: as ~/.ssh/config says", example = "ada")
        Optional<String> user,
    @Key(value = "ssh port; default: as ~/.ssh/config says", example = "22") OptionalInt port,
    @Key(value = "private key on this machine", example = "~/.ssh/id_ed25519")
        Optional<String> identity,
    @Key(value = "folder on the host; default ~/.huddle/<cluster>", example = "/data/huddle")
        Optional<String> root,
    @Key(value = "cores for the Worker; default: all of them", example = "8") OptionalInt cores,
    @Key(
            value = "memory for the Worker; default: what the system and daemons leave",
            example = "24g")
        Optional<MemorySize> memory,
    @Key(value = "scratch folders for shuffle and spill, one per disk", example = "[/mnt/ssd1]")
        List<String> dirs,
    @Key(value = "environment of the daemons and executors on this host", example = "{TZ: UTC}")
        Map<String, String> env) {

  public HostSpec {
    root = root.map(Paths::withoutLastSlash);
    dirs = dirs.stream().map(Paths::withoutLastSlash).toList();
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /// How it is reached.
  public Destination destination() {
    return new Destination(host, user, port, identity);
  }
}
