package huddle.lab;

import java.util.List;
import java.util.stream.Collectors;

/// The texts that let an operator use a lab without a change to their `~/.ssh`. Pure.
record OperatorFiles(LabFolder folder, List<Entry> hosts) {
  /// One host as the operator meets it.
  record Entry(String name, String address, String user, String publicKey) {}

  OperatorFiles {
    hosts = List.copyOf(hosts);
  }

  /// For `ssh -F`: the hosts' names as aliases.
  String sshConfig() {
    String each =
        hosts.stream()
            .map(host ->
                """
                Host %s
                  HostName %s
                  User %s
                """
                    .formatted(host.name(), host.address(), host.user()))
            .collect(Collectors.joining());
    String names = hosts.stream().map(Entry::name).collect(Collectors.joining(" "));
    String all =
        """
        Host %s
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
          StrictHostKeyChecking yes
          UpdateHostKeys no
        """
            .formatted(names, folder.key(), folder.knownHosts());
    return each + all;
  }

  String knownHosts() {
    return hosts.stream()
        .map(host -> host.address() + " " + host.publicKey() + "\n")
        .collect(Collectors.joining());
  }

  /// For [Lab#open]: name, address and user of one host a line.
  String hostList() {
    return hosts.stream()
        .map(host -> host.name() + " " + host.address() + " " + host.user() + "\n")
        .collect(Collectors.joining());
  }

  /// For `huddle -f`: the first host has the Master, every host a Worker.
  String clusterFile() {
    return """
    # Written by `huddle lab up`: the hosts of lab %s.
    name: %s
    master: %s
    workers:
    """
            .formatted(folder.name(), folder.name(), yaml(hosts.getFirst()))
        + hosts.stream().map(host -> "  - " + yaml(host) + "\n").collect(Collectors.joining());
  }

  private String yaml(Entry host) {
    return "{host: %s, user: %s, identity: %s}"
        .formatted(host.address(), host.user(), folder.key());
  }
}
