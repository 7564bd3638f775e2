package huddle.plan;

import huddle.event.Count;
import huddle.event.Failure;
import huddle.facts.HostFacts;
import huddle.facts.Installed;
import huddle.spark.Daemon;
import huddle.spark.HostSettings;
import huddle.spark.PageKey;
import huddle.spark.Sizing;
import huddle.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What would go wrong on a host, known before anything is touched.
final class Preflight {
  /// A SPARK_HOME takes 500 MiB, a runtime 140; the rest is for logs and the first shuffle.
  private static final long ROOM_MIB = 1024;

  private Preflight() {}

  /// The first reason that keeps a host out, if there is one.
  static Optional<Failure> refusal(HostSettings settings, HostFacts facts) {
    String host = settings.host();
    Optional<Failure> unfit =
        tools(host, facts).or(() -> notOurs(settings.cluster(), host, facts.installed()));
    if (unfit.isPresent()) {
      return unfit;
    }
    for (HostFacts.Disk disk : facts.disks()) {
      if (disk.usedFor().equals("tmp")) {
        continue; // Spark is told to use a folder below the root.
      }
      String what = disk.usedFor().equals("root") ? "the root " : "the scratch folder ";
      String key = disk.usedFor().equals("root") ? "root" : "dirs";
      if (!disk.writable()) {
        return Optional.of(
            Failure.on(
                host,
                what + disk.folder() + " cannot be written by " + facts.user(),
                "name another folder with `" + key + ":` for this host"));
      }
      if (disk.usedFor().equals("root") && disk.flags().contains("noexec")) {
        return Optional.of(
            Failure.on(
                host,
                what + disk.folder() + " lies on a file system mounted noexec",
                "name another folder with `root:` for this host"));
      }
      if (disk.usedFor().equals("root")
          && !facts.installed().sparks().containsKey(settings.sparkFolder())
          && disk.freeMiB() < ROOM_MIB
          && isKnown(disk)) {
        return Optional.of(
            Failure.on(
                host,
                "%s%s has %d MiB free; Spark needs %d"
                    .formatted(what, disk.folder(), disk.freeMiB(), ROOM_MIB),
                "free some space, or name another folder with `root:` for this host"));
      }
    }
    if (settings.roles().contains(Role.WORKER)
        && settings.worker().memoryMiB() < Sizing.LEAST_WORKER_MIB) {
      return Optional.of(
          Failure.on(
              host,
              "%d MiB of memory leave %d for a Worker, less than one executor needs"
                  .formatted(facts.memoryMiB(), Math.max(0, settings.worker().memoryMiB())),
              "set `memory:` for this host, or leave it out"));
    }
    return List.of(Role.MASTER, Role.WORKER).stream()
        .filter(settings.roles()::contains)
        .flatMap(role -> takenPort(settings, facts, role).stream())
        .findFirst();
  }

  /// What keeps a service from running; the host's other daemons go on without it.
  static Optional<Failure> service(HostSettings settings, HostFacts facts, Role role) {
    return Daemon.of(role)
        .lack(settings.spark())
        .map(lack -> Failure.on(settings.host(), lack.what(), lack.remedy()))
        .or(() -> takenPort(settings, facts, role));
  }

  /// Some file systems tell no sizes: nothing of nothing is unknown, not full.
  private static boolean isKnown(HostFacts.Disk disk) {
    return disk.totalMiB() > 0 || disk.freeMiB() > 0;
  }

  private static Optional<Failure> tools(String host, HostFacts facts) {
    return facts.missing().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Failure.on(
                host,
                "it lacks %s, which Huddle's and Spark's scripts need"
                    .formatted(String.join(", ", facts.missing())),
                "install %s there, or leave the host out"
                    .formatted(facts.missing().size() == 1 ? "it" : "them")));
  }

  /// Why a root is not this cluster's to change, if it is not.
  static Optional<Failure> notOurs(String cluster, String host, Installed installed) {
    String root = "the root " + installed.root();
    Optional<String> what;
    if (installed.owner().isPresent()) {
      what =
          installed
              .owner()
              .filter(owner -> !owner.equals(cluster))
              .map(owner -> root + " belongs to the cluster " + owner);
    } else if (installed.foreign().equals(List.of("."))) {
      what = Optional.of(root + " is a file");
    } else {
      what =
          Optional.of(installed.foreign())
              .filter(names -> !names.isEmpty())
              .map(names ->
                  "%s holds files that are not Huddle's (%s)"
                      .formatted(root, String.join(" ", names)));
    }
    return what.map(why -> Failure.on(host, why, "name another folder with `root:` for this host"));
  }

  /// Spark silently takes the next port where one is taken, so that a cluster ends up half in
  /// another one.
  private static Optional<Failure> takenPort(HostSettings settings, HostFacts facts, Role role) {
    List<Integer> own = new ArrayList<>();
    facts.installed().running().values().forEach(running -> own.addAll(running.ports()));
    return Daemon.of(role).listens(settings).stream()
        .filter(wanted -> !own.contains(wanted.port()))
        .filter(wanted ->
            facts.listening().stream()
                .anyMatch(l -> l.port() == wanted.port() && meets(l.address(), wanted.address())))
        .findFirst()
        .map(wanted ->
            Failure.on(
                settings.host(),
                "%sport %d is taken by %s"
                    .formatted(
                        role.isService() ? "the " + role.title() + "'s " : "",
                        wanted.port(),
                        holder(facts, wanted.port())),
                "stop that, or choose another port with `ports: {%s: …}`".formatted(wanted.key())));
  }

  private static boolean meets(String listening, String wanted) {
    String plain = listening.startsWith("::ffff:") ? listening.substring(7) : listening;
    return plain.equals(wanted) || plain.equals("0.0.0.0") || plain.equals("::");
  }

  private static String holder(HostFacts facts, int port) {
    return facts.daemons().stream()
        .filter(daemon -> daemon.ports().contains(port))
        .findFirst()
        .map(daemon ->
            "the %s of %s (process %d)"
                .formatted(
                    daemon.role().title(),
                    daemon.cluster().isEmpty()
                        ? "a Spark that is not Huddle's"
                        : "the cluster " + daemon.cluster(),
                    daemon.pid()))
        .orElse("another process");
  }

  /// What may go wrong later.
  static List<Failure> warnings(HostSettings settings, HostFacts facts) {
    List<Failure> warnings = new ArrayList<>();
    long offset = facts.clockOffsetMillis();
    if (Math.abs(offset) > 1000) {
      warnings.add(
          Failure.on(
              settings.host(),
              "its clock is %.1f s %s this machine's"
                  .formatted(Math.abs(offset) / 1000.0, offset > 0 ? "ahead of" : "behind"),
              "set it right with NTP: logs and histories will be out of order"));
    }
    if (settings.worker().cores() > facts.cores()
        || settings.worker().memoryMiB() > facts.memoryMiB()) {
      warnings.add(
          Failure.on(
              settings.host(),
              "its Worker is to hand out %s and %d MiB, and the host has %d and %d"
                  .formatted(
                      Count.of(settings.worker().cores(), "core"),
                      settings.worker().memoryMiB(),
                      facts.cores(),
                      facts.memoryMiB()),
              "lower `cores:` or `memory:` of this host"));
    }
    if (!PageKey.guards(settings.spark())) {
      warnings.add(
          Failure.on(
              settings.host(),
              "the pages of Spark %s ask for no credential: other logins of this host see them"
                  .formatted(settings.spark()),
              "choose Spark 4.0 or later where you do not trust them"));
    }
    if (facts.openFiles() >= 0 && facts.openFiles() < 4096) {
      warnings.add(
          Failure.on(
              settings.host(),
              "a process may open only " + facts.openFiles() + " files; large shuffles need more",
              "raise the hard limit nofile for " + facts.user()));
    }
    return warnings;
  }
}
