package huddle.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A lab, as wanted.
///
/// @param name as a cluster's, which is named after it: a letter, then up to 39 of a-z, 0-9 and
///   hyphen; several labs with different names may be up
/// @param owner user of this machine that gets the key; absent: root
/// @param namesShared whether every host can resolve the others' names
public record LabSpec(
    String name, List<HostOptions> hosts, Optional<String> owner, boolean namesShared) {
  /// Addresses run from .11 on.
  static final int MOST_HOSTS = 200;

  private static final List<Login> LOGINS =
      List.of(
          Login.of("deploy"),
          Login.of("ada").withHome("/data/users/ada"),
          Login.of("spark").withHome("/srv/people/spark"),
          Login.of("ops").withHome("/opt/.ops/home-2"));

  public LabSpec {
    checkName(name);
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
      throw new IllegalArgumentException("a lab has 1 to " + MOST_HOSTS + " hosts");
    }
    Set<String> names = new HashSet<>();
    for (HostOptions host : hosts) {
      if (!names.add(host.name())) {
        throw new IllegalArgumentException("two hosts are named " + host.name());
      }
    }
  }

  /// A lab of these hosts, owned by root, whose hosts know only their own names.
  public static LabSpec of(String name, HostOptions... hosts) {
    return new LabSpec(name, List.of(hosts), Optional.empty(), false);
  }

  /// Hosts h1, h2, … with logins and homes in rotation, that know each other's names.
  public static LabSpec ordinary(String name, int hosts, int diskMiB) {
    List<HostOptions> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      all.add(
          HostOptions.of("h" + (i + 1))
              .withLogin(LOGINS.get(i % LOGINS.size()))
              .withDiskMiB(diskMiB));
    }
    return new LabSpec(name, all, Optional.empty(), true);
  }

  public LabSpec withOwner(Optional<String> user) {
    return new LabSpec(name, hosts, user, namesShared);
  }

  /// @throws IllegalArgumentException with what is wrong with the name
  public static void checkName(String name) {
    if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" cannot name a lab; write a letter, then up to 39 of a-z, 0-9 and -");
    }
  }
}
