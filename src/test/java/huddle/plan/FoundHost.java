package huddle.plan;

import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A host as the probe would find it: one with Java 21, Python 3.11 and room, until a test says
/// otherwise.
public final class FoundHost {
  public String user = "ada";
  public String home = "/home/ada";
  public String hostName = "one";
  public String root = "/home/ada/.huddle/penguins";
  public String arch = "x86_64";
  public String libc = "glibc 2.36";
  public int cores = 4;
  public long memoryMiB = 16_384;
  public Optional<String> reachedAt = Optional.empty();
  public long clockOffsetMillis;
  public long openFiles = 1_048_576;
  public List<HostFacts.Address> addresses = new ArrayList<>();
  public List<HostFacts.Disk> disks = new ArrayList<>();
  public List<HostFacts.Java> javas = new ArrayList<>();
  public List<HostFacts.Python> pythons = new ArrayList<>();
  public List<HostFacts.Listening> listening = new ArrayList<>();
  public List<HostFacts.SparkDaemon> daemons = new ArrayList<>();

  public List<String> missing = List.of();
  public List<String> foreign = List.of();
  public boolean exists;
  public Map<String, String> sparks = new TreeMap<>();
  public Map<String, String> bundled = new TreeMap<>();
  public Map<String, String> jars = new TreeMap<>();
  public Installed.Data data = Installed.Data.UNKNOWN;
  public Map<String, String> environments = new TreeMap<>();
  public Map<String, String> pins = new TreeMap<>();
  public Map<String, String> interpreters = new TreeMap<>();
  public java.util.Set<String> usedPythons = new java.util.TreeSet<>();
  public List<String> leftovers = new ArrayList<>();
  public Map<String, String> files = new TreeMap<>();
  public Optional<String> manifest = Optional.empty();
  public Optional<String> owner = Optional.empty();
  public Optional<String> secretDigest = Optional.empty();
  public Map<Role, Installed.Running> running = new TreeMap<>();
  public Optional<String> proof = Optional.empty();

  private FoundHost() {
    java("/usr/lib/jvm/java-21", "21.0.5", 21, true);
    python("/usr/bin/python3", "3.11.2");
    disk("root", root, 100_000, 50_000, true, "rw");
  }

  /// A host that was reached over ssh at this address of its eth0.
  public static FoundHost at(String address) {
    FoundHost host = new FoundHost();
    host.reachedAt = Optional.of(address);
    host.hostName = "host-" + address;
    host.addresses.add(new HostFacts.Address("eth0", address, 24));
    return host;
  }

  /// The operator's own machine.
  public static FoundHost here() {
    return new FoundHost();
  }

  public FoundHost java(String home, String version, int major, boolean vector) {
    javas.add(new HostFacts.Java(home, version, major, vector, false));
    return this;
  }

  public FoundHost noJava() {
    javas.clear();
    return this;
  }

  public FoundHost python(String path, String version) {
    pythons.add(new HostFacts.Python(path, version));
    return this;
  }

  public FoundHost noPython() {
    pythons.clear();
    return this;
  }

  public FoundHost disk(
      String usedFor, String folder, long total, long free, boolean writable, String flags) {
    disks.removeIf(disk -> disk.usedFor().equals(usedFor) && usedFor.equals("root"));
    disks.add(
        new HostFacts.Disk(
            folder, usedFor, total, free, writable, "ext4", List.of(flags.split(",", -1))));
    return this;
  }

  public FoundHost listening(String address, int port) {
    listening.add(new HostFacts.Listening(address, port));
    return this;
  }

  public HostFacts facts() {
    return new HostFacts(
        user,
        home,
        "/bin/sh",
        hostName,
        List.of("127.0.1.1"),
        "Debian GNU/Linux 12 (bookworm)",
        arch,
        libc,
        cores,
        memoryMiB,
        reachedAt,
        addresses,
        clockOffsetMillis,
        openFiles,
        missing,
        disks,
        javas,
        pythons,
        listening,
        daemons,
        new Installed(
            root,
            exists,
            owner,
            foreign,
            sparks,
            bundled,
            jars,
            new Installed.Pythons(environments, pins, interpreters, usedPythons),
            leftovers,
            files,
            manifest,
            secretDigest,
            running,
            proof,
            Optional.empty(),
            data));
  }
}
