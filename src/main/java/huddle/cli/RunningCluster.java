package huddle.cli;

import huddle.apply.PageCredential;
import huddle.event.Failure;
import huddle.facts.FactsGatherer;
import huddle.facts.HostFacts;
import huddle.spark.Fit;
import huddle.spark.MasterState;
import huddle.spark.Shares;
import huddle.spark.SparkVersion;
import huddle.spec.Host;
import huddle.spec.Role;
import huddle.ssh.Connection;
import huddle.status.ClusterStatus;
import huddle.submit.Page;
import huddle.submit.Submission;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A cluster that serves, as commands see it that run something on it.
///
/// @param master its host
/// @param connection to that host
/// @param root of the cluster there, absolute
/// @param sparkHome there, absolute
record RunningCluster(
    ClusterSession session,
    Host master,
    Connection connection,
    String root,
    String sparkHome,
    MasterState state) {
  /// Connects to the Master's host and asks the Master.
  ///
  /// @throws Failure if the cluster is not up
  static RunningCluster find(ClusterSession session) throws InterruptedException {
    Host master = session.spec().hosts().getFirst();
    session.hosts().open(java.util.List.of(master));
    Connection connection = session.hosts().connection(master.name());
    HostFacts facts = new FactsGatherer(session.context().clock()).gather(connection, master);
    Optional<MasterState> state =
        facts.installed().running().containsKey(Role.MASTER)
            ? session.hosts().masterClient().state()
            : Optional.empty();
    if (state.isEmpty()) {
      throw Failure.on(master.name(), "the cluster is not up: no Master runs", "run `huddle up`");
    }
    String spark =
        facts.installed().sparks().keySet().stream()
            .max(
                Comparator.comparing(folder ->
                    SparkVersion.parse(folder.substring("spark-".length()))
                        .orElse(new SparkVersion(0, 0, 0))))
            .orElseThrow(() -> Failure.on(master.name(), "no Spark there", "run `huddle up`"));
    String root = facts.installed().root();
    return new RunningCluster(session, master, connection, root, root + "/" + spark, state.get());
  }

  /// The same, if a Worker takes executors.
  RunningCluster withWorkers() {
    if (state.workers().stream().noneMatch(MasterState.Worker::isAlive)) {
      throw Failure.on(master.name(), "the cluster has no Worker that is alive", "run `huddle up`");
    }
    return this;
  }

  /// The same with its drivers on the notebook's host.
  RunningCluster driversOn(OnDemand.Serving notebook) {
    Host host =
        session.spec().hosts().stream()
            .filter(one -> one.name().equals(notebook.connection().host()))
            .findFirst()
            .orElse(master);
    return new RunningCluster(
        session,
        host,
        notebook.connection(),
        notebook.root(),
        notebook.root() + "/spark-" + notebook.spark(),
        state);
  }

  /// Where Applications of this operator run.
  Submission.Place place() {
    Context context = session.context();
    String user = context.environment().getOrDefault("USER", System.getProperty("user.name", "?"));
    return new Submission.Place(root, sparkHome, user + "@" + HostName.here());
  }

  /// All keys of an Application: its share of the cluster below what the user says.
  ///
  /// @param conf what `--conf` says
  Map<String, String> keys(Shares.Kind kind, Shares.Wish wish, Map<String, String> conf) {
    Map<String, String> set = new HashMap<>(session.spec().conf());
    set.putAll(conf);
    Map<String, String> keys =
        new LinkedHashMap<>(Shares.of(state.workers()).properties(kind, wish, set));
    // A port of its own for each driver's page, without a word about those that are taken.
    if (!set.containsKey("spark.ui.port")) {
      keys.put("spark.ui.port", "0");
    }
    conf.forEach(keys::putIfAbsent);
    return keys;
  }

  /// Refuses what no Worker could ever run, before a driver starts.
  ///
  /// @param keys of the Application
  void refuseWhatNeverFits(Map<String, String> keys) {
    Optional<String> tooFew = fit(keys, address -> address).tooFewCores();
    if (tooFew.isPresent()) {
      throw Failure.of(tooFew.get(), "raise --cores, or lower spark.executor.cores");
    }
    Optional<String> never = fit(keys, address -> address).never(state.workers());
    if (never.isPresent()) {
      throw Failure.of(
          fit(keys, names()).never(state.workers()).orElse(never.get()),
          "ask for less: --memory, or spark.executor.cores and spark.executor.memory");
    }
  }

  /// A page on the Master's host, with what opens it where the port is the cluster's own.
  Page page(int port) {
    PageCredential.Doors doors = session.hosts().pageCredential().doors();
    return new Page(
        connection,
        port,
        doors.ports().contains(port)
            ? doors.authorization().map(value -> "Authorization: " + value).orElse("")
            : "");
  }

  /// What an Application with these keys asks for, above the file's.
  Fit fit(Map<String, String> keys, UnaryOperator<String> names) {
    Map<String, String> all = new HashMap<>(session.spec().conf());
    all.putAll(keys);
    return Fit.of(all, names);
  }

  /// The hosts' names by their addresses; asks every host.
  UnaryOperator<String> names() {
    Map<String, String> names = new HashMap<>();
    try {
      ClusterStatus status =
          ClusterStatus.of(
              session.spec(), session.gatherer().gather(session.spec(), session.hosts()));
      status.hosts().forEach(host -> names.put(host.address(), host.name()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return address -> names.getOrDefault(address, address);
  }
}
