package huddle.lab;

import huddle.event.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

/// Where everything of a running lab lies.
record LabFolder(Path path) {
  private static final Path ALL = Path.of("/run/huddle-lab");
  private static final List<String> SCRIPTS =
      List.of("switch-up", "host-boot", "host-init", "first-process", "host-off", "lab-down");

  static LabFolder of(String lab) {
    LabSpec.checkName(lab);
    return new LabFolder(ALL.resolve(lab));
  }

  /// The names of all labs of this machine, whole or not.
  static List<String> labs() {
    if (!Files.isDirectory(ALL)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.map(folder -> new LabFolder(folder).name()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  boolean exists() {
    return Files.isDirectory(path);
  }

  /// The network namespace of the lab's bridge.
  String networkNamespace() {
    return "huddle-lab-" + name();
  }

  /// The operator's private key.
  Path key() {
    return path.resolve("key");
  }

  Path publicKey() {
    return path.resolve("key.pub");
  }

  Path knownHosts() {
    return path.resolve("known_hosts");
  }

  Path sshConfig() {
    return path.resolve("ssh_config");
  }

  Path clusterFile() {
    return path.resolve("huddle.yaml");
  }

  /// One line per host: name, address, user.
  Path hostList() {
    return path.resolve("hosts.txt");
  }

  /// What only root may see of one host.
  Path host(String name) {
    return path.resolve("hosts").resolve(name);
  }

  Path script(String name) {
    return path.resolve("scripts").resolve(name + ".sh");
  }

  /// Makes it, which is also the claim to its name.
  void create() {
    try {
      Files.createDirectories(ALL);
      try {
        Files.createDirectory(path);
      } catch (FileAlreadyExistsException e) {
        throw Failure.of(
            "lab " + name() + " is there already",
            "use it, or remove it with `huddle lab down --name " + name() + "`");
      }
      // Whatever root's umask: an owner who is not root is to reach their files.
      allow(ALL, "rwxr-xr-x");
      allow(path, "rwxr-xr-x");
      for (String root : List.of("hosts", "scripts")) {
        allow(Files.createDirectory(path.resolve(root)), "rwx------");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes this version's scripts, so that it can also remove a lab of another version.
  void writeScripts() {
    for (String script : SCRIPTS) {
      try (var text = LabFolder.class.getResourceAsStream(script + ".sh")) {
        if (text == null) {
          throw new IllegalStateException("no script " + script);
        }
        write(script(script), new String(text.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static void write(Path file, String text) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sets who may do what with a file or folder, as `ls -l` shows it.
  static void allow(Path file, String permissions) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Hands what the operator needs to a user of this machine.
  void giveTo(String user) {
    try {
      UserPrincipal owner =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
      for (Path file : List.of(key(), publicKey(), knownHosts(), sshConfig(), clusterFile())) {
        Files.setOwner(file, owner);
      }
    } catch (IOException e) {
      throw Failure.of("This machine has no user " + user + ".", "");
    }
  }
}
