package huddle.cli;

import huddle.event.Count;
import huddle.lab.Lab;
import huddle.lab.LabHost;
import huddle.lab.LabSpec;
import huddle.spec.MemorySize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `huddle lab`: hosts made on this machine.
@Command(
    name = "lab",
    synopsisSubcommandLabel = "COMMAND",
    header = {
      "Make hosts on this Linux machine, to try a cluster of several; needs root.",
      "",
      "Examples:",
      "  sudo huddle lab up 4           four hosts with sshd, users and disks",
      "  huddle up -f /run/huddle-lab/lab/huddle.yaml     a cluster on them",
      "  huddle lab ssh h2              a shell on one",
      "  sudo huddle lab kill h2        its power is gone until `lab boot h2`",
      "  sudo huddle lab shape h3 100   a link of 100 Mbit/s",
      "  sudo huddle lab down           nothing is left"
    })
public final class LabCommand {
  private static final String HOST = "HOST";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--name",
      scope = ScopeType.INHERIT,
      defaultValue = "lab",
      paramLabel = "NAME",
      description = "Which lab. Default: ${DEFAULT-VALUE}")
  private String name = "lab";

  // picocli acts on it.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Command(header = {"Make N hosts.", "", "Example:", "  sudo huddle lab up 4 --disk 2g"})
  int up(
      @Parameters(paramLabel = "N", description = "How many hosts: 1 to 200.") int hosts,
      @Option(
              names = "--disk",
              paramLabel = "SIZE",
              defaultValue = "4g",
              description = "Of each host; it takes memory as it fills. Default: ${DEFAULT-VALUE}")
          String disk,
      @Option(
              names = "--owner",
              paramLabel = "USER",
              description = "Who gets the key to the hosts. Default: who called sudo.")
          @Nullable String owner) {
    Lab lab = Lab.up(wanted(hosts, disk, owner));
    print(Count.of(hosts, "host") + (hosts == 1 ? " is up:" : " are up:"));
    printHosts(lab);
    String named = lab.name().equals("lab") ? "" : " --name " + lab.name();
    print("Next:");
    print("  huddle up -f " + lab.clusterFile());
    print("  huddle lab ssh" + named + " " + lab.hosts().getFirst().name());
    print("  sudo huddle lab down" + named);
    return 0;
  }

  @Command(
      header = {
        "Remove the lab: processes, disks, network, files.",
        "",
        "Example:",
        "  sudo huddle lab down"
      })
  int down() {
    checkName();
    Lab.down(name);
    print("Lab " + name + " is gone.");
    return 0;
  }

  @Command(
      header = {
        "Show the lab's hosts and the names of other labs.",
        "",
        "Example:",
        "  sudo huddle lab status"
      })
  int status() {
    List<String> labs = new ArrayList<>(Lab.names());
    if (labs.isEmpty()) {
      print("There is no lab. Make one with `sudo huddle lab up 4`.");
      return 0;
    }
    if (labs.contains(name)) {
      printHosts(open());
      labs.remove(name);
    }
    if (!labs.isEmpty()) {
      print("Other labs, for --name: " + String.join(", ", labs));
    }
    return 0;
  }

  @Command(
      header = {
        "Open a shell on a host, or run a command there; its exit code is passed on.",
        "",
        "Example:",
        "  huddle lab ssh h1 -- df -h"
      })
  int ssh(
      @Parameters(paramLabel = HOST) String host,
      @Parameters(paramLabel = "COMMAND", arity = "0..*") @Nullable List<String> command)
      throws IOException, InterruptedException {
    Lab lab = open();
    List<String> words =
        new ArrayList<>(List.of("ssh", "-F", lab.sshConfig().toString(), lab.host(host).name()));
    if (command != null) {
      words.add("--");
      words.addAll(command);
    }
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  @Command(header = {"Pull a host's network cable.", "", "Example:", "  sudo huddle lab cut h2"})
  int cut(@Parameters(paramLabel = HOST) String host) {
    open().host(host).cut();
    print(host + " is cut off. Its processes go on; `huddle lab heal " + host + "` ends it.");
    return 0;
  }

  @Command(
      header = {
        "Plug a host's network cable in again.",
        "",
        "Example:",
        "  sudo huddle lab heal h2"
      })
  int heal(@Parameters(paramLabel = HOST) String host) {
    open().host(host).heal();
    print(host + " is reachable again.");
    return 0;
  }

  @Command(
      header = {
        "Take a host's power away. Its disk stays.",
        "",
        "Example:",
        "  sudo huddle lab kill h2"
      })
  int kill(@Parameters(paramLabel = HOST) String host) {
    open().host(host).kill();
    String named = name.equals("lab") ? "" : "--name " + name + " ";
    print(host + " is off. `huddle lab boot " + named + host + "` switches it on.");
    return 0;
  }

  @Command(header = {"Switch a host on.", "", "Example:", "  sudo huddle lab boot h2"})
  int boot(@Parameters(paramLabel = HOST) String host) {
    open().host(host).boot();
    print(host + " is up.");
    return 0;
  }

  @Command(
      header = {
        "Limit a host's link, in both directions; 0 ends it.",
        "",
        "Example:",
        "  sudo huddle lab shape h3 100"
      })
  int shape(
      @Parameters(paramLabel = HOST) String host,
      @Parameters(paramLabel = "MBIT", description = "Mbit/s: 1 to 10000, or 0.") int mbit) {
    if (mbit < 0 || mbit > 10_000) {
      throw new ParameterException(spec.commandLine(), "MBIT is 0 to 10000, not " + mbit);
    }
    open().host(host).shape(mbit);
    print(host + (mbit == 0 ? "'s link has no limit." : "'s link carries " + mbit + " Mbit/s."));
    return 0;
  }

  private Lab open() {
    checkName();
    return Lab.open(name);
  }

  private LabSpec wanted(int hosts, String disk, @Nullable String owner) {
    try {
      String to = owner == null ? System.getenv("SUDO_USER") : owner;
      MemorySize size =
          MemorySize.parse(disk)
              .orElseThrow(
                  () -> new IllegalArgumentException("\"" + disk + "\" is no size; write 4g"));
      return LabSpec.ordinary(name, hosts, Math.toIntExact(size.mebibytes()))
          .withOwner(Optional.ofNullable(to));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void checkName() {
    try {
      LabSpec.checkName(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void printHosts(Lab lab) {
    for (LabHost host : lab.hosts()) {
      String state = host.state().name().toLowerCase(Locale.ROOT);
      print("  %-6s %-15s %-8s %s".formatted(host.name(), host.address(), host.user(), state));
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
