package huddle.lab;

import huddle.event.Failure;
import huddle.shell.Script;
import huddle.ssh.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Makes a lab in an empty folder: the network, every host's own files, then all hosts at once.
record Construction(LabSpec spec, LabFolder folder) {
  private static final int NO_NETWORK_FREE = 3;

  /// The hosts, up, in the order wanted. What is there at a failure is for `lab-down` to remove.
  List<LabHost> build() {
    folder.writeScripts();
    Network network = network();
    SshKey operatorKey = SshKey.random();
    List<LabHost> hosts = new ArrayList<>();
    List<OperatorFiles.Entry> entries = new ArrayList<>();
    for (int i = 0; i < spec.hosts().size(); i++) {
      HostOptions options = spec.hosts().get(i);
      String address = network.address(i);
      SshKey hostKey = SshKey.ofAddress(read("/etc/machine-id"), address);
      writeHost(options, i, network, operatorKey, hostKey);
      String user = options.login().user();
      hosts.add(new LabHost(folder, options.name(), address, user));
      entries.add(new OperatorFiles.Entry(options.name(), address, user, hostKey.publicLine()));
    }
    bootAll(hosts);
    writeOperatorFiles(new OperatorFiles(folder, entries), operatorKey);
    return hosts;
  }

  private Network network() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sh", folder.script("switch-up").toString(), folder.networkNamespace()));
    Network.candidates(spec.name(), read("/proc/net/route"))
        .forEach(number -> words.add(Integer.toString(number)));
    Output output = Processes.run(Processes.BOUND, words);
    if (output.exit() == NO_NETWORK_FREE) {
      throw Failure.of(
          "no network of 10.213.0.0/16 is free for lab " + spec.name(),
          "remove other labs; `huddle lab status` names them");
    }
    if (output.exit() != 0) {
      String why = Processes.lastLine(output.stderr());
      throw new Failure("", "The lab's network cannot be made: " + why, "", output.stderr());
    }
    return new Network(Integer.parseInt(output.stdout().strip()));
  }

  private void writeHost(
      HostOptions options, int index, Network network, SshKey operatorKey, SshKey hostKey) {
    Path own = folder.host(options.name());
    String conf =
        new Script("host.conf", "", Map.of())
            .with("host", options.name())
            .with("address", network.address(index))
            .with("mac", network.mac(index))
            .with("port", Network.port(index))
            .with("switch", folder.networkNamespace())
            .with("disk_mib", Integer.toString(options.diskMiB()))
            .with("tmp_noexec", options.is(Quirk.NOEXEC_TMP) ? "yes" : "no")
            .render();
    LabFolder.write(own.resolve("host.conf"), conf);
    if (options.is(Quirk.NEW_KEY_AT_BOOT)) {
      LabFolder.write(own.resolve(LabHost.NEW_KEY_AT_BOOT), "");
    }
    MachineFiles machine = MachineFiles.of(options);
    LabFolder.write(own.resolve("hidden"), String.join("\n", machine.hidden()) + "\n");
    FirstBoot firstBoot =
        new FirstBoot(
            options,
            index,
            network.address(index),
            operatorKey.publicLine(),
            hostKey,
            spec.namesShared() ? addresses(network) : Map.of(),
            new Accounts(read("/etc/passwd"), read("/etc/group")),
            machine.links());
    LabFolder.write(own.resolve("make.sh"), firstBoot.script());
  }

  private Map<String, String> addresses(Network network) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (int i = 0; i < spec.hosts().size(); i++) {
      addresses.put(spec.hosts().get(i).name(), network.address(i));
    }
    return addresses;
  }

  /// Waits for all of them, so that none is still starting when a failed lab is removed.
  private void bootAll(List<LabHost> hosts) {
    List<Failure> failures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> boots = new ArrayList<>();
      hosts.forEach(host -> boots.add(threads.submit(() -> new HostBoot(folder, host).boot())));
      for (Future<?> boot : boots) {
        try {
          boot.get();
        } catch (ExecutionException e) {
          failures.add(
              e.getCause() instanceof Failure failure
                  ? failure
                  : Failure.of("A host did not boot: " + e.getCause(), ""));
        } catch (InterruptedException e) {
          threads.shutdownNow();
          Thread.currentThread().interrupt();
          throw Failure.of("interrupted", "");
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void writeOperatorFiles(OperatorFiles files, SshKey operatorKey) {
    LabFolder.write(folder.key(), "");
    LabFolder.allow(folder.key(), "rw-------");
    LabFolder.write(folder.key(), operatorKey.privateText());
    LabFolder.write(folder.publicKey(), operatorKey.publicLine() + " lab\n");
    LabFolder.write(folder.knownHosts(), files.knownHosts());
    LabFolder.write(folder.sshConfig(), files.sshConfig());
    LabFolder.write(folder.clusterFile(), files.clusterFile());
    LabFolder.write(folder.hostList(), files.hostList());
    LabFolder.allow(folder.hostList(), "rw-r--r--");
    spec.owner().ifPresent(folder::giveTo);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
