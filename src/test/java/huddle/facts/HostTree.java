package huddle.facts;

import huddle.shell.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A folder that stands for a host's `/`, with a home and a cluster's root in it.
final class HostTree {
  private final Path tree;
  private final Map<String, String> environment = new HashMap<>();
  private final StringBuilder tools = new StringBuilder();

  HostTree(Path folder) throws IOException {
    tree = folder.toRealPath();
    Files.createDirectories(home());
    environment.put("HOME", home().toString());
    environment.put("SHELL", "/bin/sh");
    environment.put("PATH", tree + "/path:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
  }

  Path home() {
    return tree.resolve("home/ada");
  }

  Path root() {
    return home().resolve(".huddle/penguins");
  }

  Path path(String below) {
    return tree.resolve(below);
  }

  HostTree with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  HostTree file(String below, String text) throws IOException {
    Path file = tree.resolve(below);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return this;
  }

  HostTree rootFile(String below, String text) throws IOException {
    return file(tree.relativize(root().resolve(below)).toString(), text);
  }

  HostTree program(String below, String text) throws IOException {
    file(below, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(
        tree.resolve(below), PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /// Stands in for a tool of the system. It is a function as well, because busybox takes its own
  /// tools before those on the PATH.
  HostTree tool(String name, String text) throws IOException {
    tools.append(name).append("() (\n").append(text).append("\n)\n");
    return program("path/" + name, text);
  }

  /// A Java home that tells its version without being run.
  HostTree java(String home, String version, String modules) throws IOException {
    return program(home + "/bin/java", "exit 1")
        .file(
            home + "/release",
            "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"");
  }

  /// What the probe says of this tree; /proc and the rest are looked for in it.
  HostFacts facts(String shell, String... dirs) {
    return parse(shell, tree.toString(), dirs);
  }

  /// As [#facts] but with the real machine's /proc and folders.
  HostFacts factsWithRealSystem(String shell, String... dirs) {
    return parse(shell, "", dirs);
  }

  String output(String shell, String system, String... dirs) {
    return Shells.of(shell, environment)
        .run(
            Probe.script("~/.huddle/penguins", List.of(dirs), system)
                .after(new Script("tools", tools.toString(), Map.of())),
            Duration.ofSeconds(60))
        .stdout();
  }

  private HostFacts parse(String shell, String system, String... dirs) {
    return FactsParser.parse("here", output(shell, system, dirs), Instant.EPOCH, Instant.EPOCH);
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /// Every file and folder with its size and time of change.
  Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.toList()) {
        listing.put(path.toString(), Files.size(path) + " " + Files.getLastModifiedTime(path));
      }
    }
    return listing;
  }
}
