package huddle.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What of this machine's files a host sees.
///
/// @param hidden absolute paths that it does not see, none inside another
/// @param links what to link where instead, by absolute path
record MachineFiles(Set<String> hidden, Map<String, String> links) {
  /// The folders of / that make an operating system; all else is this machine's own business.
  private static final Set<String> SYSTEM =
      Set.of(
          "bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr", "etc", "opt", "var", "nix",
          "dev", "proc", "run", "sys");

  private static final String JAVA = "/usr/bin/java";

  MachineFiles {
    hidden = Set.copyOf(hidden);
    links = Map.copyOf(links);
  }

  /// Looks at this machine for one host.
  static MachineFiles of(HostOptions host) {
    Set<Path> hidden = new TreeSet<>();
    Map<String, String> links = new HashMap<>();
    hidden.addAll(list(Path.of("/"), path -> !SYSTEM.contains(name(path))));
    hidden.addAll(List.of(Path.of("/var/tmp"), Path.of("/var/log"), Path.of("/var/spool/cron")));
    host.javas().ifPresent(majors -> hideJavas(majors, hidden, links));
    if (host.is(Quirk.NO_PYTHON)) {
      for (Path folder : programFolders()) {
        hidden.addAll(list(folder, path -> name(path).matches("python[0-9.]*")));
      }
    }
    if (host.is(Quirk.NO_BASH)) {
      for (Path folder : programFolders()) {
        hidden.addAll(list(folder, path -> name(path).equals("bash")));
      }
    }
    Set<String> outermost = new TreeSet<>();
    for (Path path : hidden) {
      if (hidden.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other))) {
        outermost.add(path.toString());
      }
    }
    return new MachineFiles(outermost, links);
  }

  private static void hideJavas(Set<Integer> majors, Set<Path> hidden, Map<String, String> links) {
    Optional<Path> kept = Optional.empty();
    for (Path home : javaHomes()) {
      if (major(home).filter(majors::contains).isEmpty()) {
        hidden.add(home);
      } else if (!Files.isSymbolicLink(home)) {
        kept = Optional.of(home);
      }
    }
    for (Path folder : programFolders()) {
      for (Path java : list(folder, path -> name(path).equals("java"))) {
        if (hidden.stream().noneMatch(java::startsWith) && isHidden(java, hidden)) {
          hidden.add(java);
        }
      }
    }
    if (hidden.contains(Path.of(JAVA))) {
      kept.ifPresent(home -> links.put(JAVA, home.resolve("bin/java").toString()));
    }
  }

  /// Everything that looks like a JAVA_HOME, links to one included.
  private static List<Path> javaHomes() {
    return Stream.of("/usr/lib/jvm", "/usr/java", "/usr/local", "/opt", "/usr/lib/graalvm")
        .flatMap(folder -> list(Path.of(folder), path -> true).stream())
        .filter(home -> Files.exists(home.resolve("bin/java")))
        .toList();
  }

  private static List<Path> programFolders() {
    return Stream.concat(
            Stream.of("/usr/bin", "/usr/local/bin").map(Path::of),
            Stream.of("/opt", "/usr/local")
                .flatMap(folder -> list(Path.of(folder), path -> true).stream())
                .map(folder -> folder.resolve("bin")))
        .toList();
  }

  private static boolean isHidden(Path link, Set<Path> hidden) {
    try {
      Path target = link.toRealPath();
      return hidden.stream().anyMatch(target::startsWith) || target.equals(link);
    } catch (IOException e) {
      return true;
    }
  }

  /// The version that the `release` file of every JDK since 7 names.
  private static Optional<Integer> major(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(release)) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceFirst("JAVA_VERSION=\"(1\\.)?([0-9]+).*", "$2"))
          .filter(major -> major.matches("[0-9]{1,4}"))
          .map(Integer::valueOf)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(wanted).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
