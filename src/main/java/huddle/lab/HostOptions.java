package huddle.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One host of a lab, as wanted.
///
/// @param name its host name; letters, digits, dots, hyphens, underscores
/// @param login the user that the operator logs in as
/// @param others further users
/// @param diskMiB size of its disk, which holds all that differs from this machine's files
/// @param javas major versions of this machine's Javas that it has; absent: all of them
/// @param files texts by absolute path, readable by all; executable if they begin with `#!`
public record HostOptions(
    String name,
    Login login,
    List<Login> others,
    int diskMiB,
    Optional<Set<Integer>> javas,
    Set<Quirk> quirks,
    Map<String, String> files) {
  static final int DISK_MIB = 4096;

  public HostOptions {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException("\"" + name + "\" is not a host name");
    }
    if (diskMiB < 1) {
      throw new IllegalArgumentException("a disk of " + diskMiB + " MiB holds nothing");
    }
    others = List.copyOf(others);
    javas = javas.map(Set::copyOf);
    quirks = Set.copyOf(quirks);
    files = Map.copyOf(files);
  }

  /// A host with nothing unusual: user `deploy`, all that this machine has.
  public static HostOptions of(String name) {
    return new HostOptions(
        name,
        Login.of("deploy"),
        List.of(),
        DISK_MIB,
        Optional.empty(),
        EnumSet.noneOf(Quirk.class),
        Map.of());
  }

  public HostOptions withLogin(Login other) {
    return new HostOptions(name, other, others, diskMiB, javas, quirks, files);
  }

  public HostOptions withOther(Login another) {
    List<Login> more = new ArrayList<>(others);
    more.add(another);
    return new HostOptions(name, login, more, diskMiB, javas, quirks, files);
  }

  public HostOptions withDiskMiB(int size) {
    return new HostOptions(name, login, others, size, javas, quirks, files);
  }

  /// With only these of this machine's Javas, by major version; with none given, no Java at all.
  public HostOptions withJavas(Integer... majors) {
    Set<Integer> only = Arrays.stream(majors).collect(Collectors.toSet());
    return new HostOptions(name, login, others, diskMiB, Optional.of(only), quirks, files);
  }

  public HostOptions with(Quirk... more) {
    Set<Quirk> all = EnumSet.noneOf(Quirk.class);
    all.addAll(quirks);
    all.addAll(List.of(more));
    return new HostOptions(name, login, others, diskMiB, javas, all, files);
  }

  public HostOptions withFile(String path, String text) {
    Map<String, String> more = new LinkedHashMap<>(files);
    more.put(path, text);
    return new HostOptions(name, login, others, diskMiB, javas, quirks, more);
  }

  boolean is(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /// The user that the operator logs in as, then the others.
  List<Login> logins() {
    List<Login> all = new ArrayList<>(List.of(login));
    all.addAll(others);
    return all;
  }
}
