package huddle.facts;

import huddle.spec.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a cluster has on a host, as found under its root.
///
/// @param root absolute
/// @param exists whether the root is there and holds more than the lock of a run
/// @param owner the cluster that its marker names; empty if it has no marker
/// @param foreign some names of what is in a root without marker, which is nobody's of Huddle's;
///   `.` where the root is no folder
/// @param sparks whole SPARK_HOMEs, by folder name (`spark-4.3.0`), with the identity in the first
///   line of their `.huddle` file
/// @param javas whole runtimes that Huddle brought, by folder name, likewise
/// @param jars whole folders of JVM libraries, by folder name (`jars-…`), likewise
/// @param pythons environments and interpreters of Python that Huddle brought
/// @param leftovers names of half-made things (`*.part`) in the root
/// @param files SHA-256 in lower-case hex of every file under `conf/`, of those under `bin/` and of
///   `manifest.json`, by path below the root; lines that hold the secret are left out of the digest
/// @param manifest the text of `manifest.json`, cut at 256 KiB; empty if there is none
/// @param secretDigest SHA-256 of the cluster's secret; empty if the host has none
/// @param running the daemons this cluster started here that are alive
/// @param proof content of `run/proof`: what the last proof proved; empty if there is none
/// @param data the folder that is to have the same files on every host
/// @param lock who holds the cluster's lock; empty if nobody
public record Installed(
    String root,
    boolean exists,
    Optional<String> owner,
    List<String> foreign,
    Map<String, String> sparks,
    Map<String, String> javas,
    Map<String, String> jars,
    Pythons pythons,
    List<String> leftovers,
    Map<String, String> files,
    Optional<String> manifest,
    Optional<String> secretDigest,
    Map<Role, Running> running,
    Optional<String> proof,
    Optional<String> lock,
    Data data) {
  public Installed {
    foreign = List.copyOf(foreign);
    sparks = Map.copyOf(sparks);
    javas = Map.copyOf(javas);
    jars = Map.copyOf(jars);
    leftovers = List.copyOf(leftovers);
    files = Map.copyOf(files);
    running = Map.copyOf(running);
  }

  /// What is where the data folder is to be.
  ///
  /// @param state what is there
  /// @param entries names directly in it, some 500 at most
  public record Data(State state, List<String> entries) {
    /// Nothing was asked or said.
    public static final Data UNKNOWN = new Data(State.UNKNOWN, List.of());

    public Data {
      entries = List.copyOf(entries);
    }

    /// Whether there may be more entries than were told.
    public boolean isCut() {
      return entries.size() >= 500;
    }

    /// What is there.
    public enum State {
      UNKNOWN,
      MISSING,
      /// A folder, or this login's link to the one below the root.
      FOLDER,
      /// Something that is not the cluster's.
      OTHER
    }
  }

  /// What Huddle brought of Python.
  ///
  /// @param environments whole ones, by folder name (`python-…`), with the identity in the first
  ///   line of their `.huddle` file
  /// @param pins what each of them holds, by folder name; hostile text, cut at 64 KiB
  /// @param interpreters whole ones, by folder name (`cpython-3.13`), likewise with their identity
  /// @param used names of environments that some process of this host runs from
  public record Pythons(
      Map<String, String> environments,
      Map<String, String> pins,
      Map<String, String> interpreters,
      Set<String> used) {
    /// Nothing at all.
    public static final Pythons NONE = new Pythons(Map.of(), Map.of(), Map.of(), Set.of());

    public Pythons {
      environments = Map.copyOf(environments);
      pins = Map.copyOf(pins);
      interpreters = Map.copyOf(interpreters);
      used = Set.copyOf(used);
    }
  }

  /// A daemon that lives: its pid file names a process with the start time it was started with.
  ///
  /// @param pid in the host's own count
  /// @param startTicks field 22 of /proc/PID/stat
  /// @param digest of the settings it was started with, from its run file
  /// @param ports that it listens on now, read from the kernel
  public record Running(int pid, long startTicks, String digest, List<Integer> ports) {
    public Running {
      ports = List.copyOf(ports);
    }
  }
}
