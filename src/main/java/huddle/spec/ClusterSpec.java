package huddle.spec;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// huddle.yaml, read and valid.
public record ClusterSpec(
    @Key(value = "names the cluster; letters, digits and hyphens", example = "penguins")
        String name,
    @Key(value = "the host that runs the Master and the drivers", example = "worker.one")
        HostSpec master,
    @Key(
            value = "the hosts that run a Worker each; the Master's may be one",
            example = "[worker.one]")
        List<HostSpec> workers,
    @Key("which Spark, and from where") SparkSpec spark,
    @Key("which Java runs Spark on the hosts") JavaSpec java,
    @Key("the one Python of driver, executors and notebooks") PythonSpec python,
    @Key(
            value = "Maven coordinates of libraries for drivers and executors",
            example = "[org.postgresql:postgresql:42.7.4]")
        List<String> packages,
    @Key("where notebooks run and are kept") NotebookSpec notebook,
    @Key("the Spark Connect server, for `huddle connect`") ServiceSpec connect,
    @Key("the History Server, for Applications that ended") ServiceSpec history,
    @Key("the thrift server, for JDBC") ServiceSpec thrift,
    @Key(
            value = "folder that `huddle push` fills, the same path on every host",
            example = "/data/shared")
        Optional<String> data,
    @Key("TCP ports of the daemons") Ports ports,
    @Key(value = "any spark.* key, passed through", example = "{spark.sql.shuffle.partitions: 64}")
        Map<String, String> conf,
    @Key(value = "environment of daemons and executors on every host", example = "{TZ: UTC}")
        Map<String, String> env) {

  public ClusterSpec {
    workers = List.copyOf(workers);
    packages = List.copyOf(packages);
    data = data.map(Paths::withoutLastSlash);
    // In the file's order: what is written from it must not change from run to run.
    conf = Collections.unmodifiableMap(new LinkedHashMap<>(conf));
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /// The cluster there is with no file: named `local`, Master and one Worker on this machine.
  public static ClusterSpec local() {
    HostSpec here =
        new HostSpec(
            "localhost",
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            List.of(),
            Map.of());
    return new ClusterSpec(
        "local",
        here,
        List.of(here),
        SparkSpec.DEFAULT,
        JavaSpec.DEFAULT,
        PythonSpec.DEFAULT,
        List.of(),
        NotebookSpec.DEFAULT,
        ServiceSpec.DEFAULT,
        ServiceSpec.DEFAULT,
        ServiceSpec.DEFAULT,
        Optional.empty(),
        Ports.DEFAULT,
        Map.of(),
        Map.of());
  }

  /// The folder that has the same files on every host.
  public String dataFolder() {
    return data.orElse(usualData(name));
  }

  /// Whether it is the usual one: a link to a folder below the root, which is elsewhere on each
  /// host.
  public boolean isDataLink() {
    return dataFolder().equals(usualData(name));
  }

  /// The data folder of a cluster whose file names none.
  public static String usualData(String cluster) {
    return "/var/tmp/huddle-" + cluster;
  }

  /// Every machine once, the Master's first, then the Workers in the file's order. Two entries are
  /// the same machine if host, user and port are the same; what the worker entry says of the rest
  /// wins. Two logins on one address are two hosts.
  public List<Host> hosts() {
    Map<String, HostSpec> entries = entries();
    Map<String, Set<Role>> roles = new LinkedHashMap<>();
    Function<HostSpec, Set<Role>> of =
        entry ->
            roles.computeIfAbsent(
                entry.destination().toString(), login -> EnumSet.noneOf(Role.class));
    of.apply(master).add(Role.MASTER);
    workers.forEach(worker -> of.apply(worker).add(Role.WORKER));
    Role.SERVICES.stream()
        .filter(service -> service(service).isWanted())
        .forEach(service -> of.apply(entryFor(service, entries)).add(service));
    return entries.values().stream()
        .map(entry ->
            new Host(
                nameOf(entry, entries),
                entry.destination(),
                of.apply(entry),
                entry.root().orElse("~/.huddle/" + name),
                entry.cores(),
                entry.memory(),
                entry.dirs(),
                entry.env()))
        .toList();
  }

  /// Name of the host that a service runs on when it runs: the Master's, unless the file has
  /// another host for notebooks. The Connect server goes with them: it listens on loopback alone,
  /// and one of their kernels is its client.
  public String placeOf(Role service) {
    Map<String, HostSpec> entries = entries();
    return nameOf(entryFor(service, entries), entries);
  }

  /// What the file says of a service.
  public ServiceSpec service(Role service) {
    return switch (service) {
      case HISTORY -> history;
      case CONNECT -> connect;
      case THRIFT -> thrift;
      case NOTEBOOK -> ServiceSpec.DEFAULT;
      case MASTER, WORKER -> throw new IllegalArgumentException(service + " is no service");
    };
  }

  /// What the file says of each machine, by login.
  private Map<String, HostSpec> entries() {
    Map<String, HostSpec> entries = new LinkedHashMap<>();
    entries.put(master.destination().toString(), master);
    workers.forEach(
        worker -> entries.merge(worker.destination().toString(), worker, ClusterSpec::combined));
    return entries;
  }

  private static String nameOf(HostSpec entry, Map<String, HostSpec> entries) {
    long sameHost = entries.values().stream().filter(e -> e.host().equals(entry.host())).count();
    return sameHost > 1 ? entry.destination().toString() : entry.host();
  }

  private HostSpec entryFor(Role service, Map<String, HostSpec> entries) {
    return notebook
        .host()
        .filter(wanted -> service == Role.NOTEBOOK || service == Role.CONNECT)
        .flatMap(wanted ->
            entries.values().stream()
                .filter(entry ->
                    wanted.equals(entry.host()) || wanted.equals(entry.destination().toString()))
                .findFirst())
        .orElse(master);
  }

  private static HostSpec combined(HostSpec first, HostSpec second) {
    Map<String, String> env = new LinkedHashMap<>(first.env());
    env.putAll(second.env());
    return new HostSpec(
        first.host(),
        first.user(),
        first.port(),
        second.identity().or(first::identity),
        second.root().or(first::root),
        second.cores().isPresent() ? second.cores() : first.cores(),
        second.memory().or(first::memory),
        second.dirs().isEmpty() ? first.dirs() : second.dirs(),
        env);
  }
}
