package huddle.lab;

import huddle.event.Failure;
import huddle.ssh.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Hosts made on this machine: each with its own root folder on a disk of its own, its own name,
/// users, network and processes, and an sshd; reachable from this machine and one another, and from
/// nowhere else. Closing it removes it all.
public final class Lab implements AutoCloseable {
  private static final Duration DOWN_BOUND = Duration.ofMinutes(2);

  private final LabFolder folder;
  private final Map<String, LabHost> hosts;

  private Lab(LabFolder folder, List<LabHost> hosts) {
    this.folder = folder;
    Map<String, LabHost> byName = new LinkedHashMap<>();
    hosts.forEach(host -> byName.put(host.name(), host));
    this.hosts = byName;
  }

  /// Makes a lab; back when every host's sshd answers. Nothing is left of it if that fails.
  ///
  /// @throws Failure if this machine cannot, or a lab of the name is there
  public static Lab up(LabSpec spec) {
    Requirements.check();
    spec.hosts().forEach(Requirements::check);
    LabFolder folder = LabFolder.of(spec.name());
    folder.create();
    try {
      return new Lab(folder, new Construction(spec, folder).build());
    } catch (RuntimeException e) {
      down(spec.name());
      throw e;
    }
  }

  /// A lab that is up.
  public static Lab open(String name) {
    LabFolder folder = LabFolder.of(name);
    if (!folder.exists()) {
      throw Failure.of("there is no lab " + name, "make one with `huddle lab up 4`");
    }
    try {
      List<LabHost> hosts = new ArrayList<>();
      for (String line : Files.readAllLines(folder.hostList())) {
        String[] fields = line.split(" ", -1);
        hosts.add(new LabHost(folder, fields[0], fields[1], fields[2]));
      }
      return new Lab(folder, hosts);
    } catch (IOException e) {
      throw Failure.of(
          "lab " + name + " was not made to the end",
          "remove it with `huddle lab down --name " + name + "`");
    }
  }

  /// Removes a lab or what there is of it: processes, disks, network, files. Nothing happens if
  /// there is none.
  public static void down(String name) {
    LabFolder folder = LabFolder.of(name);
    if (!folder.exists()) {
      return;
    }
    Requirements.check();
    folder.writeScripts();
    Output output =
        Processes.run(
            DOWN_BOUND,
            List.of("sh", folder.script("lab-down").toString(), folder.path().toString()));
    if (output.exit() != 0) {
      throw new Failure(
          "",
          "lab " + name + " could not be removed: " + Processes.lastLine(output.stderr()),
          "",
          output.stderr());
    }
  }

  /// The names of all labs of this machine.
  public static List<String> names() {
    return LabFolder.labs();
  }

  /// The lab's name.
  public String name() {
    return folder.name();
  }

  /// Its hosts, in the order they were asked for.
  public List<LabHost> hosts() {
    return List.copyOf(hosts.values());
  }

  /// One of its hosts.
  ///
  /// @throws Failure if it has none of this name
  public LabHost host(String name) {
    LabHost host = hosts.get(name);
    if (host == null) {
      throw Failure.of(
          "lab " + name() + " has no host " + name,
          "It has " + String.join(", ", hosts.keySet()) + ".");
    }
    return host;
  }

  /// The private key that opens the hosts' logins.
  public Path key() {
    return folder.key();
  }

  /// A file for `ssh -F`, with the hosts' names as aliases and their host keys known.
  public Path sshConfig() {
    return folder.sshConfig();
  }

  /// The hosts' keys, as OpenSSH knows hosts.
  public Path knownHosts() {
    return folder.knownHosts();
  }

  /// A file for `huddle -f`, with a Master on the first host and a Worker on each.
  public Path clusterFile() {
    return folder.clusterFile();
  }

  @Override
  public void close() {
    down(name());
  }
}
